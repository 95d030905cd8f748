import { randomUUID } from "node:crypto";
import type { EchoMarks } from "#core/events/echo.ts";

/** What the echo function remembers of invocations that were asked to leave a mark when they come to their end. */
export interface Marks {
  /** An invocation that will end in so many milliseconds, whether or not anybody still waits for it. */
  leave(name: string, afterMs: number): void;
  /** How many have ended so far. */
  of(name: string): EchoMarks;
}

/** A stranger's names must not fill the memory. */
const namesMax = 1000;
const pendingMax = 1000;

export function createMarks(now: () => number = () => performance.now()): Marks {
  const instance = randomUUID();
  const byName = new Map<string, { ended: number; pending: number[] }>();
  const settle = (name: string): { ended: number; pending: number[] } => {
    const known = byName.get(name) ?? { ended: 0, pending: [] };
    const at = now();
    known.ended += known.pending.filter((endsAt) => endsAt <= at).length;
    known.pending = known.pending.filter((endsAt) => endsAt > at);
    return known;
  };
  return {
    leave(name, afterMs) {
      const known = settle(name);
      if (!byName.has(name) && byName.size >= namesMax) return;
      byName.set(name, known);
      if (known.pending.length < pendingMax) known.pending.push(now() + afterMs);
    },
    of: (name) => ({ marked: settle(name).ended, instance }),
  };
}
