import { sleep } from "k6";
import type { Turn } from "./turn.ts";

/** Does nothing for so long, but not beyond the planned time: k6 would wait for it. */
export function rest(turn: Turn, forMs: number): void {
  const ms = Math.min(forMs, turn.remainingMs());
  if (ms > 0) sleep(ms / 1000);
}
