import { findCause } from "#core/causes/index.ts";
import type { Check } from "#core/checks/check.ts";
import { failBy, failWith } from "#core/checks/judge/fail-by.ts";
import { rounded } from "#core/checks/judge/measures.ts";
import { list, sayLeftOut } from "#core/checks/judge/say.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { expectedIdle, expectedLifetime } from "#core/targets/timeouts.ts";
import { seconds, showMs } from "#core/units.ts";
import { type Measures, pass, type Verdict } from "#core/verdicts/verdict.ts";
import { closeWords } from "../close-kind.ts";
import { type Drift, drift, sayDrift } from "../compare.ts";
import { type AgeFinding, findAge } from "../find-age.ts";
import { type KeepaliveSettings, telltaleAge } from "../settings.ts";
import { paced, thread } from "../steps.ts";

export const connectionsAgeAsExpected = (settings: KeepaliveSettings): Check => ({
  id: "connections-age-as-expected",
  group: "keepalive",
  title: "Busy connections become as old as expected",
  why: "However busy it is, a connection may live only so long; those that were opened together then end together, and what was under way on them fails.",
  needs: ["connection-is-reused"],
  alone: false,
  partial: true,
  notFor: (target) => (settings.maxAgeMs === null ? notAskedFor(target) : null),
  script(target) {
    const { maxAgeMs } = settings;
    if (maxAgeMs === null) return [];
    const paceMs = pace(target, maxAgeMs, settings);
    // Twice, one asked half as often: what ends both at the same age is age, and not a number of requests.
    return [
      ...thread(target, "busy", paced(maxAgeMs, paceMs)),
      ...thread(target, "half as busy", paced(maxAgeMs, 2 * paceMs)),
    ];
  },
  judge,
});

function notAskedFor(target: Target): string {
  const ageMs = telltaleAge(target);
  return ageMs === null
    ? "--max-age would ask for it"
    : `it takes ${showMs(ageMs)}: --max-age ${Math.ceil(ageMs / 1000)}s`;
}

/** Often enough that no idle timer ends it, and no more than a thousand times. */
function pace(target: Target, ageMs: number, { maxRate }: KeepaliveSettings): number {
  const idleMs = expectedIdle(target)?.value ?? seconds(1.5);
  return Math.max(Math.min(idleMs / 5, 5000, ageMs / 20), ageMs / 1000, 1000 / maxRate);
}

function judge(exchanges: readonly Exchange[], target: Target): Verdict {
  const findings = findAge(exchanges);
  const [worst] = findings.toSorted((a, b) => endOf(a) - endOf(b));
  if (worst === undefined) return failBy(exchanges, target, { summary: "no connection could be kept to grow old" });
  const expected = expectedLifetime(target);
  const how = expected === null ? null : driftOf(worst, expected.value);
  const found = list(
    findings.map((finding) => `${findings.length > 1 ? `at ${finding.address} ` : ""}${say(finding)}`),
  );
  const judged = expected === null || how === null ? found : `${found}: ${sayDrift(how, expected)}`;
  const summary = `${judged}${sayLeftOut(exchanges)}`;
  const measures = measuresOf(worst);
  return how === "shorter" ? failWith(diagnosisOf(worst, target), { summary, measures }) : pass(summary, measures);
}

const endOf = ({ byAge, endedMs }: AgeFinding): number =>
  byAge && endedMs !== null ? endedMs : Number.POSITIVE_INFINITY;

function driftOf({ byAge, endedMs, livedMs, uncertainMs }: AgeFinding, expectedMs: Parameters<typeof drift>[1]): Drift {
  if (!byAge || endedMs === null)
    return drift({ survivedMs: livedMs, closedMs: null, exact: false, jitterMs: 0 }, expectedMs);
  return drift(
    { survivedMs: endedMs - uncertainMs, closedMs: endedMs, exact: uncertainMs === 0, jitterMs: 0 },
    expectedMs,
  );
}

function say({ endedMs, livedMs, end, requests, byAge }: AgeFinding): string {
  if (endedMs === null || end === "none") return `it lived through ${showMs(livedMs)} and ${requests} requests`;
  const how = end === "announced" ? "its end was announced" : `it was ${closeWords[end]}`;
  const why = byAge ? "" : ", which was not by its age";
  return `${how} at an age of ${showMs(endedMs)}, after ${requests} requests${why}`;
}

const measuresOf = ({ livedMs, endedMs, end, requests, byAge }: AgeFinding): Measures => ({
  ageMsLongestLived: rounded(livedMs),
  ...(endedMs !== null && byAge ? { ageMsEnded: rounded(endedMs) } : {}),
  ageEnd: end,
  requests,
});

function diagnosisOf(finding: AgeFinding, target: Target) {
  const cause = findCause("connection-lifetime");
  if (cause === null) return null;
  return {
    code: cause.code,
    title: cause.title,
    confidence: "likely" as const,
    evidence: [`Of a busy connection to ${finding.address}: ${say(finding)}.`],
    remedy: cause.remedy(target),
    alternatives: [],
    source: cause.source,
  };
}
