// Comparisons of paths whose differences are known: added delays, none at all, and none but the engine.
import { bothEngines } from "./compare/both-engines.ts";
import { equalPaths } from "./compare/equal-paths.ts";
import { knownDelays } from "./compare/known-delays.ts";
import { startObservedLab } from "./compare/observed-lab.ts";
import { keepAwake } from "./load/awake.ts";
import type { Row } from "./load/row.ts";

/** `known`, `equal`, `engines`: all of them unless `COMPARE_PARTS` says which. */
const parts = (process.env["COMPARE_PARTS"] ?? "known,equal,engines").split(",");
/** Of comparisons of known delays, 80 s each; two at least. */
const runs = Math.max(2, Number(process.env["COMPARE_RUNS"] ?? 3));
/** `COMPARE_ASLEEP=1` lets processors sleep, which adds to every path what its own requests' spacing makes of it. */
const asleep = process.env["COMPARE_ASLEEP"] === "1";
/** Of comparisons of equal paths, 12 s each and four at a time: the more, the sharper. */
const seeds = Number(process.env["COMPARE_SEEDS"] ?? 50);

/** Known delays are found, equal paths stay equal, and both engines see the same. */
export async function bench(): Promise<readonly Row[]> {
  const lab = await startObservedLab();
  try {
    return [
      ...(parts.includes("known") ? await awakeUnless(asleep, () => knownDelays(lab, runs)) : []),
      ...(parts.includes("equal") ? await equalPaths(lab, seeds) : []),
      ...(parts.includes("engines") ? await bothEngines(lab) : []),
    ];
  } finally {
    lab.stop();
  }
}

async function awakeUnless(asleep: boolean, measure: () => Promise<readonly Row[]>): Promise<readonly Row[]> {
  if (asleep) return await measure();
  const awake = keepAwake();
  try {
    const kept = {
      name: "known delays: processors kept from sleeping",
      value: awake.granted ? 1 : 0,
      unit: "of 1",
      note: "",
    };
    return [kept, ...(await measure())];
  } finally {
    awake.end();
  }
}
