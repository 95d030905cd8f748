import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { TargetRequest } from "#core/targets/target.ts";

export function mainOf({ requests: [main] }: PlannedTarget): TargetRequest {
  if (main === undefined) throw new Error("the target has no request");
  return main;
}

/** The main request of a target, made another by its number. */
export function different(target: PlannedTarget, number: number): TargetRequest {
  const main = mainOf(target);
  return { ...main, path: `${main.path}?n=${number}`, body: `{"n":${number}}` };
}
