import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { TargetRequest } from "#core/targets/target.ts";

/** The main request of a target, made another by its number. */
export function different({ requests: [main] }: PlannedTarget, number: number): TargetRequest {
  if (main === undefined) throw new Error("the target has no request");
  return { ...main, path: `${main.path}?n=${number}`, body: `{"n":${number}}` };
}
