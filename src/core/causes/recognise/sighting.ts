import type { Confidence, Sighting } from "../cause.ts";
import { oneLine } from "../words/quote.ts";

const shownMax = 4;

/** A sighting of the evidence there is, repeats and what nobody would read left out; null where there is none. */
export function sighting(confidence: Confidence, evidence: readonly string[]): Sighting | null {
  const [first, ...others] = [...new Set(evidence.map(oneLine))];
  if (first === undefined) return null;
  const shown = others.slice(0, shownMax - 1);
  const left = others.length - shown.length;
  const more = left > 0 ? [`${left} more ${left === 1 ? "exchange" : "exchanges"} showed the same.`] : [];
  return { confidence, evidence: [first, ...shown, ...more] };
}
