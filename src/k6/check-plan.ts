import type { LoadPlan, PlannedTarget } from "#core/plan/load-plan.ts";
import { isAddress, readOrigin } from "./origin.ts";

/**
 * The plan, if k6 can be trusted with it: what it would take for something else without a word is looked at, the rest was
 * checked when the config was read.
 *
 * @throws Error that names what is wrong; k6 then ends with exit code 107 before anything is sent
 */
export function checkPlan(plan: LoadPlan): LoadPlan {
  const wrong = problemOf(plan);
  if (wrong !== null) throw new Error(`the load plan cannot be run: ${wrong}`);
  return plan;
}

function problemOf(plan: LoadPlan): string | null {
  if (plan?.schema !== "pathproof.load-plan/1")
    return `expected schema "pathproof.load-plan/1", got ${JSON.stringify(plan?.schema)}`;
  if (!(plan.durationMs > 0)) return `durationMs must be above 0, not ${plan.durationMs}`;
  if (!(plan.warmupMs >= 0)) return `warmupMs must not be negative, but is ${plan.warmupMs}`;
  const { arrival } = plan;
  const amount = arrival.kind === "open" ? arrival.rate : arrival.connections;
  if (!(amount > 0)) return `${arrival.kind === "open" ? "a rate" : "connections"} must be above 0, not ${amount}`;
  if (plan.targets.length === 0) return "it has no target";
  return plan.targets.map(targetProblem).find((problem) => problem !== null) ?? null;
}

function targetProblem(target: PlannedTarget): string | null {
  const at = `target ${JSON.stringify(target.id)}`;
  if (readOrigin(target.origin) === null) return `${at} has the origin ${JSON.stringify(target.origin)}`;
  if (target.requests.length === 0) return `${at} has no request`;
  if (target.auth === "iam" && target.signing === null)
    return `${at} is to be signed, but not with which service and region`;
  if (!(target.timeoutMs > 0)) return `${at} has the timeout ${target.timeoutMs} ms`;
  const unfit = target.addresses.find((address) => !isAddress(address));
  // k6 takes anything that is no address for localhost, and reports success from there.
  return unfit === undefined ? null : `${at} has ${JSON.stringify(unfit)} among its addresses, which is no IP address`;
}
