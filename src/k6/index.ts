// What scenarios are written with: docs/scenarios.md.
export { type Shape, type Stage, spike, staircase, steady } from "#core/scenarios/shape.ts";
export { windowGapMs } from "#core/scenarios/window-gap.ts";
export { refreshing } from "./credentials.ts";
export { iteration } from "./iteration.ts";
export { connectionsOnly, workload } from "./options.ts";
export { plan, targets } from "./plan.ts";
export { play } from "./play.ts";
export { rest } from "./rest.ts";
export { type Answer, type SendOptions, send } from "./send.ts";
export type { Turn } from "./turn.ts";
export { atTurn, deadlinesOf, sizesOf, unsignedOf } from "./variants.ts";
