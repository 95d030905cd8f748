import { advise } from "#core/advice/advise.ts";
import { inShort } from "#core/advice/say.ts";
import { findCause } from "#core/causes/index.ts";
import type { Check } from "#core/checks/check.ts";
import { failBy, failWith } from "#core/checks/judge/fail-by.ts";
import { rounded } from "#core/checks/judge/measures.ts";
import { list, sayLeftOut } from "#core/checks/judge/say.ts";
import type { Fact } from "#core/facts.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Step } from "#core/observations/step.ts";
import type { Target } from "#core/targets/target.ts";
import { expectedIdle } from "#core/targets/timeouts.ts";
import { type Ms, ms, showMs } from "#core/units.ts";
import { inconclusive, type Measures, pass, type Verdict } from "#core/verdicts/verdict.ts";
import { closeWords } from "../close-kind.ts";
import { drift, type Found, ownHeader, sayDrift } from "../compare.ts";
import { findIdle, type IdleFinding, jitterThatCounts, shortest } from "../find-idle.ts";
import { between, ladder, resolution } from "../ladder.ts";
import { measuredOf } from "../measured.ts";
import { type KeepaliveSettings, longestSilence } from "../settings.ts";
import { silent, thread } from "../steps.ts";

/** Below this a kernel cannot be told to probe. */
const tcpProbeLeastMs = 1000;

export const idleConnectionsLiveAsExpected = (settings: KeepaliveSettings): Check => ({
  id: "idle-connections-live-as-expected",
  group: "keepalive",
  title: "Idle connections live as long as expected",
  why: "A client that keeps connections longer than the other side does sends requests into dead ones: they fail at random, most often after a quiet spell.",
  needs: ["connection-is-reused"],
  alone: false,
  partial: true,
  notFor: () => null,
  script: (target) => climb(target, settings),
  more: (exchanges, target) => (settings.precise ? narrow(findIdle(exchanges), target) : []),
  judge,
});

/** Sockets side by side, each silent for a time of its own; the last with TCP keep-alive, to tell whose timer it is. */
function climb(target: Target, settings: KeepaliveSettings): readonly Step[] {
  const longestMs = longestSilence(target, settings);
  const probeMs = ms(Math.max(tcpProbeLeastMs, Math.min(15_000, Math.floor(longestMs / 20_000) * 1000)));
  const rungs = ladder(longestMs, expectedIdle(target)?.value ?? null);
  const probed =
    longestMs < 3 * tcpProbeLeastMs
      ? []
      : thread(target, `${silent(longestMs)}, with TCP keep-alive`, [longestMs], { tcpKeepAliveMs: probeMs });
  // The longest first: it is the one that everybody waits for.
  return [...probed, ...rungs.toReversed().flatMap((gap) => thread(target, silent(gap), [gap]))];
}

/** Where the moment itself was not seen: silences between the longest survived and the shortest that was not. */
function narrow(findings: readonly IdleFinding[], target: Target): readonly Step[] {
  const wide = findings.flatMap(({ exact, longestSurvivedMs: from, shortestClosedMs: to }) =>
    exact || to === null || to - (from ?? 0) <= resolution(to) ? [] : [{ from: from ?? 0, to }],
  );
  if (wide.length === 0) return [];
  const from = Math.min(...wide.map((one) => one.from));
  const to = Math.max(...wide.map((one) => one.to));
  return between(from, to).flatMap((gap) => thread(target, `${silent(gap)}, more precisely`, [gap]));
}

function judge(exchanges: readonly Exchange[], target: Target): Verdict {
  const findings = findIdle(exchanges);
  const worst = shortest(findings);
  if (worst === null) return nothingKept(exchanges, target);
  const expected = expectedIdle(target) ?? hinted(worst);
  const how = expected === null ? null : drift(asFound(worst), expected.value);
  const measures = measuresOf(worst, expected);
  const found = list(findings.map((finding) => sentence(finding, findings.length > 1)));
  const judged = expected === null || how === null ? found : `${found}: ${sayDrift(how, expected)}`;
  const summary = `${judged}${sayLeftOut(exchanges)}`;
  if (how !== "shorter" || expected === null) return pass(summary, measures);
  return failWith(shorter(worst, expected, target), { summary, measures });
}

function nothingKept(exchanges: readonly Exchange[], target: Target): Verdict {
  if (exchanges.some(({ outcome }) => outcome.kind === "failed"))
    return failBy(exchanges, target, { summary: "no connection could be kept to see how long it lives" });
  return inconclusive("no connection was silent for long enough to tell anything");
}

const asFound = ({ longestSurvivedMs, shortestClosedMs, exact, jitterMs }: IdleFinding): Found => ({
  survivedMs: longestSurvivedMs,
  closedMs: shortestClosedMs,
  exact,
  jitterMs,
});

/** Where nothing else is known, what the server itself announces may be expected of it. */
const hinted = ({ hints }: IdleFinding): Fact<Ms> | null =>
  hints.timeoutMs === null ? null : { value: ms(hints.timeoutMs), source: ownHeader, trust: "ran" };

function measuresOf(finding: IdleFinding, expected: Fact<Ms> | null): Measures {
  const { longestSurvivedMs, shortestClosedMs, closeKind, hints, rttMs } = finding;
  return {
    ...(longestSurvivedMs === null ? {} : { idleMsLongestSurvived: rounded(longestSurvivedMs) }),
    ...(shortestClosedMs === null ? {} : { idleMsShortestClosed: rounded(shortestClosedMs) }),
    closeKind,
    ...(expected === null ? {} : { idleMsExpected: expected.value }),
    ...(hints.timeoutMs === null ? {} : { idleMsHinted: hints.timeoutMs }),
    ...(rttMs === null ? {} : { connectMs: rounded(rttMs) }),
    ...(jitterThatCounts(finding) === null ? {} : { jitterMs: rounded(finding.jitterMs) }),
  };
}

function sentence(finding: IdleFinding, several: boolean): string {
  const where = several ? `at ${finding.address} ` : "";
  return `${where}${outcome(finding)}${whose(finding)}`;
}

function outcome(finding: IdleFinding): string {
  const { closeKind, exact, longestSurvivedMs, shortestClosedMs, survivedBeyondMs } = finding;
  const survived =
    longestSurvivedMs === null ? "no silence was survived" : `${showMs(longestSurvivedMs)} were survived`;
  if (shortestClosedMs === null) return `${survived} and none was too long`;
  const jitterMs = jitterThatCounts(finding);
  const apart = jitterMs === null ? "" : `, give or take ${showMs(jitterMs)}, as answers came so far apart`;
  const closed = `${closeWords[closeKind]} ${exact ? "after" : "within"} ${showMs(shortestClosedMs)} of silence${apart}`;
  const beyond = survivedBeyondMs === null ? "" : ` (yet another lived through ${showMs(survivedBeyondMs)})`;
  return exact ? `${closed}${beyond}` : `${closed}, ${survived}${beyond}`;
}

function whose({ layer, closeKind }: IdleFinding): string {
  if (closeKind === "fin" || layer === null) return "";
  return layer === "l4"
    ? ", by a timer of the flow, which TCP keep-alive resets"
    : ", by a timer that TCP keep-alive does not reset";
}

/** A proxy that hands on the header of what is behind it says it for itself. */
const correctHeader =
  "Correct the Keep-Alive header, or leave it out: clients that heed it (undici, Apache HttpClient) keep connections that are dead. It may be a proxy that passes on the header of the server behind it.";

function shorter(finding: IdleFinding, expected: Fact<Ms>, target: Target) {
  const cause = findCause("idle-shorter-than-expected");
  if (cause === null) return null;
  const measured = measuredOf({ idle: [finding], age: [], requests: [] }, target);
  const settings = measured === null ? null : advise(measured);
  return {
    code: cause.code,
    title: cause.title,
    confidence: finding.exact ? ("certain" as const) : ("likely" as const),
    evidence: [
      `A connection to ${finding.address} was ${outcome(finding)}; expected were ${showMs(expected.value)} (${expected.source}).`,
    ],
    remedy: [
      ...(expected.source === ownHeader ? [correctHeader] : []),
      cause.remedy(target),
      ...(settings === null ? [] : [inShort(settings)]),
    ].join(" "),
    alternatives: [],
    source: cause.source,
  };
}
