import pLimit from "p-limit";
import { alarmsOf, checkHere, startLabHere } from "../../test/support/lab-check.ts";
import type { Row } from "./signing.ts";

/** So that none of them in a row bounds how often a run may cry wolf: three by the number of runs, at 95 %. */
const runs = Number(process.env["HEALTHY_RUNS"] ?? 200);
const atATime = 3;

/** How often `check` finds something wrong with a lab in which nothing is. */
export async function bench(): Promise<readonly Row[]> {
  const lab = await startLabHere();
  try {
    const limit = pLimit(atATime);
    const alarms: string[] = [];
    let asked = 0;
    const startedAt = performance.now();
    const all = Array.from({ length: runs }, (_, index) =>
      limit(async () => {
        const results = await checkHere(lab.config);
        asked += results.filter(({ verdict }) => verdict.kind !== "skipped").length;
        const found = alarmsOf(results);
        for (const alarm of found) console.error(`run ${index + 1}: ${alarm}`);
        alarms.push(...found);
        return found.length > 0;
      }),
    );
    const alarmed = (await Promise.all(all)).filter(Boolean).length;
    const seconds = (performance.now() - startedAt) / 1000;
    const bound = alarmed === 0 ? `at 95 % fewer than ${((3 / runs) * 100).toFixed(1)} % of runs would` : "";
    return [
      { name: "healthy lab: runs", value: runs, unit: "runs", note: `${atATime} at a time, ${Math.round(seconds)} s` },
      { name: "healthy lab: checks asked", value: asked, unit: "checks", note: "" },
      { name: "healthy lab: alarms", value: alarms.length, unit: "alarms", note: "failed or inconclusive" },
      { name: "healthy lab: runs with an alarm", value: alarmed, unit: "runs", note: bound },
    ];
  } finally {
    await lab.stop();
  }
}
