import { Counter } from "k6/metrics";
import { metrics } from "#core/plan/k6-metrics.ts";
import type { Shape } from "#core/scenarios/shape.ts";
import { refreshing } from "./credentials.ts";
import { LostAnswer } from "./lost-answer.ts";
import { beginTurn } from "./marks.ts";
import { createTurns, type Turn } from "./turn.ts";

const exceptions = new Counter(metrics.exceptions);

/**
 * What a scenario does in each iteration, as k6's default function. Sees to what k6 leaves open: credentials are fresh when
 * the iteration begins, its due time is known, and an exception in it is counted, which k6 only writes to its log.
 *
 * @param shape the one that `workload` was given
 */
export function iteration(body: (turn: Turn) => void | Promise<void>, shape?: Shape): () => void | Promise<void> {
  const nextTurn = createTurns(shape);
  const run = (): void | Promise<void> => {
    const turn = nextTurn();
    beginTurn(turn);
    const pending = body(turn);
    return pending instanceof Promise ? pending.catch(note) : undefined;
  };
  return () => {
    try {
      const pending = refreshing();
      return pending === null ? run() : pending.then(run).catch(note);
    } catch (error) {
      note(error);
    }
  };
}

const known = new Set<string>();
const knownMax = 3;

function note(error: unknown): void {
  // The peer's doing, and counted already.
  if (error instanceof LostAnswer) return;
  const message = (error instanceof Error ? error.message : String(error)).slice(0, 200);
  // Each distinct message is a time series to k6.
  const isNew = !known.has(message);
  const mayAdd = known.size < knownMax;
  if (isNew && mayAdd) {
    known.add(message);
    console.error(`the scenario threw: ${error instanceof Error ? (error.stack ?? message) : message}`);
  }
  exceptions.add(1, { message: isNew && !mayAdd ? "further messages" : message });
}
