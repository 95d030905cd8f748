// Comparisons of paths whose differences are known: added delays, none at all, and none but the engine.
import { bothEngines } from "./compare/both-engines.ts";
import { equalPaths } from "./compare/equal-paths.ts";
import { knownDelays } from "./compare/known-delays.ts";
import { startObservedLab } from "./compare/observed-lab.ts";
import type { Row } from "./load/row.ts";

/** `known`, `equal`, `engines`: all of them unless `COMPARE_PARTS` says which. */
const parts = (process.env["COMPARE_PARTS"] ?? "known,equal,engines").split(",");
/** Of comparisons of known delays, 80 s each; two at least. */
const runs = Math.max(2, Number(process.env["COMPARE_RUNS"] ?? 3));
/** Of comparisons of equal paths, 12 s each and four at a time: the more, the sharper. */
const seeds = Number(process.env["COMPARE_SEEDS"] ?? 50);

/** Known delays are found, equal paths stay equal, and both engines see the same. */
export async function bench(): Promise<readonly Row[]> {
  const lab = await startObservedLab();
  try {
    return [
      ...(parts.includes("known") ? await knownDelays(lab, runs) : []),
      ...(parts.includes("equal") ? await equalPaths(lab, seeds) : []),
      ...(parts.includes("engines") ? await bothEngines(lab) : []),
    ];
  } finally {
    lab.stop();
  }
}
