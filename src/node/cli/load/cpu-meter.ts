import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

/** How much of this machine the load takes: our own process and the engine's. */
export interface CpuMeter {
  /** From now on; what was used before, in starting and warming up, does not count. */
  begin(): void;
  /** Reads the clocks: the engine's are gone once it has ended. */
  look(): void;
  /** Of all cores, in [0, 1]; null where the system does not tell (Linux does) or before it began. */
  share(): number | null;
}

interface Reading {
  readonly usedMs: number;
  readonly atMs: number;
}

export function createCpuMeter(pid: () => number | null): CpuMeter {
  let from: Reading | null = null;
  let last: Reading | null = null;
  const read = (): Reading | null => {
    const id = pid();
    // An engine of threads is within our own.
    const engineMs = id === null ? null : id === process.pid ? 0 : usedByProcess(id);
    const { user, system } = process.cpuUsage();
    return engineMs === null ? null : { usedMs: engineMs + (user + system) / 1000, atMs: performance.now() };
  };
  return {
    begin() {
      from ??= read();
    },
    look() {
      last = read() ?? last;
    },
    share() {
      if (from === null || last === null || last.atMs - from.atMs < shortestMs) return null;
      return Math.max(0, (last.usedMs - from.usedMs) / ((last.atMs - from.atMs) * availableParallelism()));
    },
  };
}

/** The kernel counts in hundredths of a second: over less than this the share would be a guess. */
const shortestMs = 500;
const tickMs = 10;

/** User and system time, from fields 14 and 15 of `/proc/PID/stat`; the name in field 2 may hold anything. */
function usedByProcess(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = Number(fields[11]) + Number(fields[12]);
    return Number.isFinite(ticks) ? ticks * tickMs : null;
  } catch {
    return null;
  }
}
