import type { Sample } from "#core/statistics/sample.ts";
import { ms } from "#core/units.ts";

/** An answered request on an open connection, to be varied. */
export const makeSample = (over: Partial<Sample> = {}): Sample => ({
  target: "orders",
  sentAtMs: ms(1000),
  phase: "measured",
  serviceMs: ms(10),
  responseMs: ms(11),
  connectMs: null,
  tlsMs: null,
  reusedSocket: true,
  idleMs: ms(40),
  idempotent: true,
  couldReuse: true,
  suspectedRetry: false,
  failure: null,
  ...over,
});
