import type { ThresholdRule } from "#core/config/threshold-rule.ts";
import { type Ms, ms, showMs } from "#core/units.ts";
import { failedOf, type LoadFigures } from "./load-figures.ts";
import { evaluateThreshold } from "./threshold-outcome.ts";

/** A threshold that is broken for good, before the load is over. */
export interface Breach {
  readonly target: string;
  readonly rule: string;
  /** A clause: "2 of 400, which cannot become less". */
  readonly why: string;
}

/** Looks at a load while it runs. */
export interface BreachWatch {
  /**
   * @param atMs since measuring began; not going back
   * @param planned requests to be sent in all; null in a closed loop
   */
  look(atMs: Ms, loads: readonly WatchedLoad[]): Breach | null;
}

export interface WatchedLoad {
  readonly target: string;
  readonly planned: number | null;
  readonly figures: LoadFigures;
  readonly baseline: LoadFigures | null;
}

/**
 * When to end a load early: at once when a limit is broken that only more of the same could follow (a count, the maximum, a
 * share that even a faultless rest would not bring back); otherwise after it has been broken without a pause for a fifth of
 * the duration, 30 s at least. So a slow start is forgiven, and an hour is not spent on proving what ten minutes showed.
 */
export function createBreachWatch(rules: readonly ThresholdRule[], durationMs: Ms): BreachWatch {
  const patienceMs = ms(Math.max(30_000, durationMs / 5));
  const brokenSince = new Map<string, number>();
  return {
    look(atMs, loads) {
      for (const load of loads) {
        for (const rule of rules) {
          const { verdict, observed } = evaluateThreshold(rule, load.figures, load.baseline);
          const key = JSON.stringify([load.target, rule.text]);
          if (verdict !== "fail") {
            brokenSince.delete(key);
            continue;
          }
          const breach = (why: string): Breach => ({
            target: load.target,
            rule: rule.text,
            why: `${observed}, ${why}`,
          });
          if (isForGood(rule, load)) return breach("which the rest of the load could not mend");
          // A count that has yet to be reached is not broken, only early.
          if (rule.measure.kind === "count" && rule.bound.kind === "count") continue;
          const since = brokenSince.get(key) ?? atMs;
          brokenSince.set(key, since);
          if (atMs - since >= patienceMs) return breach(`broken for ${showMs(atMs - since)} without a pause`);
        }
      }
      return null;
    },
  };
}

/** Of a rule that is broken now. */
function isForGood({ measure, operator, bound }: ThresholdRule, { planned, figures }: WatchedLoad): boolean {
  if (operator === ">" || operator === ">=" || bound.kind === "baseline") return false;
  if (measure.kind === "time") return measure.figure === "max" && operator !== "==";
  if (measure.kind !== "count") return false;
  if (bound.kind === "count") return operator !== "==" || countOf(measure.name, figures) > bound.count;
  if (planned === null || measure.name !== "failures" || bound.kind !== "share") return false;
  if (operator === "==" && bound.share > 0) return false;
  const allowed = bound.share * planned;
  const failed = countOf("failures", figures);
  return operator === "<" ? failed >= allowed : failed > allowed;
}

function countOf(name: "failures" | "stale" | "dropped" | "retries" | "requests", load: LoadFigures): number {
  return (
    {
      failures: failedOf(load),
      stale: load.reuse?.stale,
      dropped: load.dropped,
      retries: load.reuse?.suspectedRetries,
      requests: load.requests,
    }[name] ?? 0
  );
}
