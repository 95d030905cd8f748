import { monitorEventLoopDelay, performance } from "node:perf_hooks";

/** How a thread's event loop fares. */
export interface LoopMeter {
  /** What was before, in starting and warming up, does not count. */
  begin(): void;
  /** Reads what has come since; later calls change nothing. */
  end(): void;
  readonly figures: {
    readonly loopDelayMsP50: number;
    readonly loopDelayMsP99: number;
    readonly loopDelayMsMax: number;
    readonly busyShare: number;
  };
}

/** Every so often the loop is to come round; by how much it is late is its delay. */
const resolutionMs = 10;

export function createLoopMeter(): LoopMeter {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  let from: ReturnType<typeof performance.eventLoopUtilization> | null = null;
  let figures = { loopDelayMsP50: 0, loopDelayMsP99: 0, loopDelayMsMax: 0, busyShare: 0 };
  let ended = false;
  const lateMs = (nanoseconds: number): number =>
    Number.isFinite(nanoseconds) ? Math.max(0, nanoseconds / 1e6 - resolutionMs) : 0;
  return {
    begin() {
      if (from !== null) return;
      from = performance.eventLoopUtilization();
      delay.enable();
    },
    end() {
      if (ended || from === null) return;
      ended = true;
      delay.disable();
      figures = {
        loopDelayMsP50: lateMs(delay.percentile(50)),
        loopDelayMsP99: lateMs(delay.percentile(99)),
        loopDelayMsMax: delay.count === 0 ? 0 : lateMs(delay.max),
        busyShare: performance.eventLoopUtilization(from).utilization,
      };
    },
    get figures() {
      return figures;
    },
  };
}
