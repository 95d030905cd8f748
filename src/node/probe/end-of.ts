import type { Failure, Phase } from "#core/observations/failure.ts";
import { ms } from "#core/units.ts";
import { toFailure } from "#node/sockets/to-failure.ts";
import type { Wire } from "./wire.ts";

/** How a wire ended while nothing was asked on it. */
export function endOf(wire: Wire, phase: Phase): Failure {
  const { error, unasked } = wire;
  if (error !== null) return toFailure(error, phase, wire.facts("http/1.1").idleMs ?? ms(0));
  // What nobody asked for makes a wire useless, but it has not ended yet.
  if (unasked !== null && unasked.bytes > 0 && !wire.ended)
    return { kind: "malformed", detail: `it sent ${unasked.bytes} bytes that nobody had asked for` };
  return { kind: "closed", phase };
}
