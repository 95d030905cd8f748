import { adviseClients } from "#core/advice/index.ts";
import { rounded } from "#core/checks/judge/measures.ts";
import { type IdleFinding, jitterThatCounts } from "#core/keepalive/find-idle.ts";
import { endedOfAge, type RequestsFinding } from "#core/keepalive/find-requests.ts";
import { type Findings, measuredOf } from "#core/keepalive/measured.ts";
import type { Target } from "#core/targets/target.ts";
import { expectedLifetime } from "#core/targets/timeouts.ts";
import type { Ms } from "#core/units.ts";
import { assembleCheckReport, type CheckRunParts } from "./assemble.ts";
import type { ReportedIdle, ReportedKeepalive, ReportedRequests } from "./reported-keepalive.ts";
import type { RunReport } from "./run-report.ts";

export interface KeepaliveRunParts extends CheckRunParts {
  /** Who asked; absent: whoever the config's `credentials` are. */
  readonly principal?: string;
  /** By target. */
  readonly findings: Readonly<Record<string, Findings>>;
}

export const assembleKeepaliveReport = ({ findings, principal, ...run }: KeepaliveRunParts): RunReport => ({
  ...assembleCheckReport(run),
  command: "keepalive",
  keepalive: run.targets.flatMap((target) => {
    const found = findings[target.id];
    return found === undefined
      ? []
      : [{ ...reported(target, found), ...(principal === undefined ? {} : { principal }) }];
  }),
});

const reported = (target: Target, findings: Findings): ReportedKeepalive => ({
  target: target.id,
  idle: findings.idle.map(reportedIdle),
  age: findings.age.map(({ address, livedMs, endedMs, end, requests, byAge }) => ({
    address,
    livedMs: rounded(livedMs),
    endedMs: roundedOrNull(endedMs),
    end,
    requests,
    byAge,
  })),
  requests: findings.requests.map((one) => reportedRequests(one, findings, expectedLifetime(target)?.value ?? null)),
  advice: adviseClients(measuredOf(findings, target)),
});

function reportedRequests(
  finding: RequestsFinding,
  { age }: Findings,
  expectedLifetimeMs: Ms | null,
): ReportedRequests {
  const { address, answered, end, endedMs } = finding;
  return {
    address,
    answered,
    end,
    ...(endedMs === null ? {} : { endedMs: rounded(endedMs) }),
    ...(endedMs === null || (age.length === 0 && expectedLifetimeMs === null)
      ? {}
      : { byAge: endedOfAge(finding, age, expectedLifetimeMs) }),
  };
}

function reportedIdle(finding: IdleFinding): ReportedIdle {
  const { address, protocol, longestSurvivedMs, shortestClosedMs, closeKind, exact, layer, hints, goaway } = finding;
  const jitterMs = jitterThatCounts(finding);
  return {
    address,
    protocol,
    longestSurvivedMs: roundedOrNull(longestSurvivedMs),
    shortestClosedMs: roundedOrNull(shortestClosedMs),
    closeKind,
    exact,
    layer,
    hintedMs: hints.timeoutMs,
    goaway,
    ...(jitterMs === null ? {} : { jitterMs: rounded(jitterMs) }),
    ...(finding.pings === 0 ? {} : { pings: finding.pings }),
  };
}

const roundedOrNull = (value: number | null): number | null => (value === null ? null : rounded(value));
