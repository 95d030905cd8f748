import type { LoadPlan } from "#core/plan/load-plan.ts";

/** Whether any target is to be spoken to in HTTP/2. */
export const speaksH2 = ({ targets }: LoadPlan): boolean => targets.some(({ protocol }) => protocol === "h2");

/**
 * What k6 is told of HTTP versions. It has one transport for a whole load, which speaks HTTP/2 to whoever offers it in the TLS
 * handshake; this variable of Go's is the only way to have HTTP/1.1 there.
 *
 * @see https://github.com/grafana/k6/blob/v2.2.0/internal/js/runner.go
 */
export const httpVersionVariables = (plan: LoadPlan): Readonly<Record<string, string>> =>
  speaksH2(plan) ? {} : { GODEBUG: "http2client=0" };

/** Why k6 cannot keep to the plan's HTTP versions, in a sentence; null when it can. */
export function versionsAtOdds(plan: LoadPlan): string | null {
  const { targets } = plan;
  const inH2 = targets.find(({ protocol }) => protocol === "h2");
  // In the clear there is no handshake to agree on h2 in.
  const inH1 = targets.find(({ protocol, origin }) => protocol === "http/1.1" && origin.startsWith("https:"));
  if (inH2 === undefined || inH1 === undefined) return null;
  return `k6 speaks one HTTP version in a whole load, and ${inH2.id} asks for h2 while ${inH1.id} asks for http/1.1: make two loads of them, or one with engine: node.`;
}
