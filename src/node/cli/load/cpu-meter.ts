import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { type MachineFacts, unknownMachine } from "#core/statistics/saturation.ts";
import { type MachineClocks, readMachineClocks, type Share } from "./machine-clocks.ts";

/** How much of this machine the load takes, our own process and the engine's; and how much of it others took meanwhile. */
export interface CpuMeter {
  /** From now on; what was used before, in starting and warming up, does not count. */
  begin(): void;
  /** Reads the clocks: the engine's are gone once it has ended. */
  look(): void;
  /** What they say; each null where the system does not tell it (Linux does) or it was too short. */
  machine(): MachineFacts;
}

interface Reading {
  readonly usedMs: number;
  readonly atMs: number;
  readonly machine: MachineClocks;
}

export function createCpuMeter(pid: () => number | null): CpuMeter {
  let from: Reading | null = null;
  let last: Reading | null = null;
  const read = (): Reading | null => {
    const id = pid();
    // An engine of threads is within our own.
    const engineMs = id === null ? null : id === process.pid ? 0 : usedByProcess(id);
    const { user, system } = process.cpuUsage();
    if (engineMs === null) return null;
    return { usedMs: engineMs + (user + system) / 1000, atMs: performance.now(), machine: readMachineClocks() };
  };
  return {
    begin() {
      from ??= read();
    },
    look() {
      last = read() ?? last;
    },
    machine() {
      if (from === null || last === null || last.atMs - from.atMs < shortestMs) return unknownMachine;
      const [before, now] = [from.machine, last.machine];
      return {
        cpuShare: Math.max(0, (last.usedMs - from.usedMs) / ((last.atMs - from.atMs) * availableParallelism())),
        stealShare: shareSince(before.stolen, now.stolen),
        throttledShare: shareSince(before.throttled, now.throttled),
      };
    },
  };
}

/** Null where nothing was counted meanwhile: then nothing is known. */
function shareSince(before: Share | null, now: Share | null): number | null {
  if (before === null || now === null || now.of <= before.of) return null;
  return Math.max(0, (now.part - before.part) / (now.of - before.of));
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
