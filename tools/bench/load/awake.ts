// A processor that sleeps takes a while to wake, the longer the longer it slept: a difference between paths that no server sees.
import { closeSync, openSync, writeSync } from "node:fs";

/** While this is held open with a zero in it, Linux lets no processor sleep deeper than polling (PM QoS). */
const device = "/dev/cpu_dma_latency";

export interface Awake {
  /** Whether it was granted: Linux, and root. */
  readonly granted: boolean;
  end(): void;
}

/** Until `end`, or the process's own, no processor of this machine sleeps. */
export function keepAwake(): Awake {
  try {
    const file = openSync(device, "w");
    writeSync(file, new Uint8Array(new Int32Array([0]).buffer));
    return { granted: true, end: () => closeSync(file) };
  } catch {
    return { granted: false, end: () => {} };
  }
}
