import { showBytes, showMs } from "#core/units.ts";
import type { ComparisonDescription, DescribedComparedTarget } from "./describe-comparison.ts";
import { showCost } from "./describe-cost.ts";

/** So many rounds are shown block by block; the others are drawn alike. */
const roundsShown = 3;

/** The description as text for a terminal. */
export function showComparison(comparison: ComparisonDescription): string {
  const { engine, principal, design, durationMs, pilotMs, targets, requests, requestBytes, cost } = comparison;
  const { rounds, blockMs, headMs, rate, connections, seed, marginMs, pilotRounds } = design;
  return [
    `compare: ${engine}${principal === undefined ? "" : `, as ${principal}`}, ${targets.map(({ target }) => target).join(", ")}, on ${connections.join(" and on ")} connections; differences within ${showMs(marginMs)} count as none`,
    `${rounds} rounds in ${showMs(durationMs)}: in each, every target has one block of ${showMs(blockMs)} to itself${connections.length === 1 ? "" : " on either"}, all of ${rate} requests/s; of a block the first ${showMs(headMs)} are not measured`,
    ...(pilotRounds === 0
      ? []
      : [
          `the first ${pilotRounds} rounds (${showMs(pilotMs)}) are the pilot: it says how long it must last, and counts as the others do`,
        ]),
    "",
    ...showRounds(comparison),
    "",
    ...targets.map(showTarget),
    "",
    `${requests} requests, about ${showBytes(requestBytes)} out, and one more to each path before them; what comes back depends on the targets.`,
    showCost(cost),
    `Seed ${seed}: --seed ${seed} gives the same order again. Nothing was sent.`,
  ].join("\n");
}

function showRounds({ blocks, design }: ComparisonDescription): readonly string[] {
  const shown = Array.from({ length: Math.min(roundsShown, design.rounds) }, (_, round) => {
    const own = blocks.filter((block) => block.round === round);
    const names = own.map(({ target, connections }) => (connections === "cold" ? `${target} (cold)` : target));
    return `  round ${round + 1}: ${names.join(", ")}`;
  });
  return design.rounds > roundsShown ? [...shown, `  and ${design.rounds - roundsShown} more, each drawn anew`] : shown;
}

function showTarget({ target, kind, origin, auth, asks, requests, requestBytes }: DescribedComparedTarget): string {
  const lines = asks.map(({ method, path }) => `  ${method} ${path}${auth === "iam" ? ", signed" : ""}`);
  return [`${target} (${kind}) ${origin}: ${requests} requests, ${showBytes(requestBytes)}`, ...lines].join("\n");
}
