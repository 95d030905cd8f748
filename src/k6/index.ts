// What scenarios are written with: docs/scenarios.md.
export { windowGapMs } from "#core/plan/window-gap.ts";
export { refreshing } from "./credentials.ts";
export { iteration } from "./iteration.ts";
export { connectionsOnly, workload } from "./options.ts";
export { plan, targets } from "./plan.ts";
export { rest } from "./rest.ts";
export { type Answer, type SendOptions, send } from "./send.ts";
export { type Shape, type Stage, spike, staircase, steady } from "./shape.ts";
export type { Turn } from "./turn.ts";
export { atTurn, deadlinesOf, sizesOf, unsignedOf } from "./variants.ts";
