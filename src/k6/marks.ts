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

let current: { readonly phase: Turn["phase"]; dueAtMs: number | null } = { phase: "measured", dueAtMs: null };

/** Lets what is sent next know which turn it belongs to. */
export function beginTurn({ phase, dueAtMs }: Turn): void {
  current = { phase, dueAtMs };
}

export const currentPhase = (): Turn["phase"] => current.phase;

let dueIsMarked = false;

/**
 * Marks the rows of the request about to be sent with when it was due. Only the first request of a turn has a due time:
 * those after it wait for the one before.
 */
export function takeDueTime(): number | null {
  const { dueAtMs } = current;
  current.dueAtMs = null;
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
