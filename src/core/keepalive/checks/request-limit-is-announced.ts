import type { Check } from "#core/checks/check.ts";
import { failBy } from "#core/checks/judge/fail-by.ts";
import { list, sayLeftOut } from "#core/checks/judge/say.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { ms, showMs } from "#core/units.ts";
import { type Measures, pass, type Verdict } from "#core/verdicts/verdict.ts";
import { closeWords } from "../close-kind.ts";
import { findRequests, type RequestsFinding } from "../find-requests.ts";
import type { KeepaliveSettings } from "../settings.ts";
import { thread } from "../steps.ts";

export const requestLimitIsAnnounced = (settings: KeepaliveSettings): Check => ({
  id: "request-limit-is-announced",
  group: "keepalive",
  title: "A connection's last answer says that it is the last",
  why: "Servers end a connection after so many requests. Announced (Connection: close, GOAWAY) it costs a handshake; unannounced, the next request is lost.",
  needs: ["connection-is-reused"],
  alone: false,
  partial: true,
  notFor: () => (settings.maxRequests < 2 ? "--max-requests leaves nothing to ask" : null),
  script(target) {
    const paceMs = ms(settings.maxRate >= 1000 ? 0 : Math.ceil(1000 / settings.maxRate));
    return thread(target, "asked on and on", Array<typeof paceMs>(settings.maxRequests - 1).fill(paceMs));
  },
  judge,
});

function judge(exchanges: readonly Exchange[], target: Target): Verdict {
  const findings = findRequests(exchanges);
  const [least] = findings.toSorted((a, b) => a.answered - b.answered);
  if (least === undefined) return failBy(exchanges, target, { summary: "no connection could be asked twice" });
  const lost = findings.filter(({ end }) => end === "rst-on-next-byte" || end === "silent");
  const found = list(
    findings.map((finding) => `${findings.length > 1 ? `at ${finding.address} ` : ""}${say(finding)}`),
  );
  const summary = `${found}${sayLeftOut(exchanges)}`;
  const measures = measuresOf(least);
  if (lost.length === 0) return pass(summary, measures);
  return failBy(exchanges, target, { summary, measures, otherwise: "stale-reuse-reset" });
}

function say({ answered, end, endedMs, hints }: RequestsFinding): string {
  const age = endedMs === null ? "" : `, at an age of ${showMs(endedMs)}`;
  const hint = hints.max === null ? "" : ` (its Keep-Alive header says ${hints.max} more after the first)`;
  switch (end) {
    case "none":
      return `all of ${answered} requests on one connection were answered${hint}`;
    case "announced":
      return `a connection served ${answered} requests${age}, and the last answer says so${hint}`;
    default:
      return `after ${answered} answers the connection was ${closeWords[end]}, unannounced${age}${hint}`;
  }
}

const measuresOf = ({ answered, end, hints }: RequestsFinding): Measures => ({
  requestsAnswered: answered,
  requestsEnd: end,
  ...(hints.max === null ? {} : { requestsHinted: hints.max }),
});
