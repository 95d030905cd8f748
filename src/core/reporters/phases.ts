import type { ReportedCheck, RunReport } from "./run-report.ts";
import { checksOf } from "./tally.ts";

export interface Phase {
  readonly name: string;
  /** What happens in it, for whoever reads a waterfall for the first time. */
  readonly says: string;
  readonly ms: number;
}

export interface Waterfall {
  readonly target: string;
  /** The check whose one request it is. */
  readonly check: string;
  /** Those that took place, in their order on the wire. */
  readonly phases: readonly Phase[];
  readonly totalMs: number;
}

const phaseNames = [
  ["dns", "dnsMs", "the name was asked for"],
  ["connect", "connectMs", "TCP connection"],
  ["tls", "tlsMs", "TLS handshake"],
  ["send", "sendMs", "request written"],
  ["wait", "waitMs", "until the first byte of the answer"],
  ["receive", "receiveMs", "first to last byte of the answer"],
] as const;

/** The first request that went all the way at each target, slowest target first. Names are resolved by a check of their own. */
export const waterfalls = (report: RunReport): readonly Waterfall[] =>
  report.targets.flatMap(({ id }) => waterfallOf(checksOf(report, id)) ?? []).sort((a, b) => b.totalMs - a.totalMs);

function waterfallOf(checks: readonly ReportedCheck[]): Waterfall | null {
  const whole = checks.find(({ measures }) => measures["waitMs"] !== undefined && measures["connectMs"] !== undefined);
  if (whole === undefined) return null;
  const resolved = checks.find(({ check }) => check === "name-resolves")?.measures ?? {};
  const measures = { ...resolved, ...whole.measures };
  const phases = phaseNames.flatMap(([name, measure, says]) => {
    const ms = measures[measure];
    return typeof ms === "number" ? [{ name, says, ms }] : [];
  });
  return { target: whole.target, check: whole.title, phases, totalMs: phases.reduce((sum, { ms }) => sum + ms, 0) };
}
