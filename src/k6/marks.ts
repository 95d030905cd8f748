import exec from "k6/execution";
import { metadata } from "#core/plan/k6-metrics.ts";
import { underRunner } from "./plan.ts";
import type { Turn } from "./turn.ts";

// Metadata rides on k6's own rows: it costs none of its own, and its values may be unique.
type Marks = typeof exec.vu.metrics.metadata;
let marks: Marks | null = null;
function marksOf(): Marks {
  marks ??= exec.vu.metrics.metadata;
  return marks;
}

let phase: Turn["phase"] = "measured";
let dueMs: number | null = null;

/** Lets what is sent next know which turn it belongs to. */
export function beginTurn(turn: Turn): void {
  phase = turn.phase;
  dueMs = turn.dueAtMs;
}

export const currentPhase = (): Turn["phase"] => phase;

let dueIsMarked = false;

/**
 * Marks the rows of the request about to be sent with when it was due. Only the first request of a turn has a due time:
 * those after it wait for the one before.
 */
export function takeDueTime(): number | null {
  const dueAtMs = dueMs;
  dueMs = null;
  if (!underRunner) return dueAtMs;
  if (dueAtMs !== null) marksOf()[metadata.due] = dueAtMs.toFixed(3);
  else if (dueIsMarked) delete marksOf()[metadata.due];
  dueIsMarked = dueAtMs !== null;
  return dueAtMs;
}

let closingIsMarked = false;

/** Marks the rows of a request that asks for its connection to be closed. */
export function markClosing(closing: boolean): void {
  if (closing === closingIsMarked || !underRunner) return;
  if (closing) marksOf()[metadata.closing] = "1";
  else delete marksOf()[metadata.closing];
  closingIsMarked = closing;
}
