import { planVariable } from "#core/plan/credential-keys.ts";
import type { LoadPlan, PlannedTarget } from "#core/plan/load-plan.ts";
import { checkPlan } from "./check-plan.ts";
import { planFromEnvironment } from "./plan-from-environment.ts";

const file = __ENV[planVariable];

/** Whether pathproof runs this script and reads its rows; otherwise it is a plain `k6 run`, which has k6's own summary. */
export const underRunner = file !== undefined;

/** What is to be sent where: from the file that `PATHPROOF_PLAN` names, else put together from `-e TARGET_URL=…`. */
export const plan: LoadPlan = checkPlan(file === undefined ? planFromEnvironment(__ENV) : JSON.parse(open(file)));

export const targets: readonly PlannedTarget[] = plan.targets;
