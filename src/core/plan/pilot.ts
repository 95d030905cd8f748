import { type CompareDesign, designMs } from "./compare-design.ts";
import { type ComparedRounds, comparedQuantiles, judgePairs } from "./judge-comparison.ts";

/** How long a comparison must last, as its first rounds tell. */
export interface PilotNeed {
  readonly connections: "reused" | "cold";
  readonly quantile: number;
  /** For the pair that takes longest; null where the pilot was too short to tell. */
  readonly expectedMs: number | null;
  /** Enough in four of five cases. */
  readonly cautiousMs: number | null;
}

/**
 * How long it takes to see a difference of the margin at each quantile, and to tell that there is none, from the rounds of the
 * pilot alone. It changes nothing in the run: to stop when enough was seen would break what the intervals promise.
 */
export function pilotNeeds(compared: ComparedRounds): readonly PilotNeed[] {
  const { design, lanes } = compared;
  const pilot: CompareDesign = { ...design, rounds: design.pilotRounds };
  const { blocks } = compared;
  // Rounds follow each other, so that the pilot's blocks are the first.
  const first = blocks.filter(({ round }) => round < pilot.rounds);
  const records = compared.records.filter(({ number }) => number < first.length);
  const { pairs } = judgePairs({ design: pilot, lanes, blocks: first, records }, []);
  const targets = new Set(lanes.map(({ target }) => target)).size;
  const longest = (rounds: readonly (number | null)[]): number | null =>
    rounds.includes(null) || rounds.length === 0
      ? null
      : designMs(design, targets, Math.max(...rounds.map((count) => count ?? 0)));
  return design.connections.flatMap((connections) =>
    comparedQuantiles.map((quantile) => {
      const own = pairs.filter((pair) => pair.set === connections && pair.quantile === quantile);
      return {
        connections,
        quantile,
        expectedMs: longest(own.map(({ roundsNeeded }) => roundsNeeded?.expected ?? null)),
        cautiousMs: longest(own.map(({ roundsNeeded }) => roundsNeeded?.cautious ?? null)),
      };
    }),
  );
}
