import { monitorEventLoopDelay } from "node:perf_hooks";
import { checkHere, saidOf, startLabHere } from "../../test/support/lab-check.ts";
import type { Row } from "./signing.ts";

/** None of them in a row bounds how often a run cries wolf: at 95 %, below three by the number of runs. */
const runs = Number(process.env["HEALTHY_RUNS"] ?? 200);

/**
 * How often `check` finds something wrong with a lab in which nothing is. Lab and check share this process: on a machine that is
 * busy with much else a deadline may pass, and the check that waited says that it could not conclude.
 */
export async function bench(): Promise<readonly Row[]> {
  const lab = await startLabHere();
  const delays = monitorEventLoopDelay();
  delays.enable();
  try {
    let asked = 0;
    let alarms = 0;
    let inconclusive = 0;
    const startedAt = performance.now();
    for (let run = 1; run <= runs; run++) {
      const results = await checkHere(lab.config);
      asked += results.filter(({ verdict }) => verdict.kind !== "skipped").length;
      const [wrong, open] = [saidOf(results, "fail"), saidOf(results, "inconclusive")];
      for (const line of [...wrong, ...open]) console.error(`run ${run}: ${line}`);
      alarms += wrong.length > 0 ? 1 : 0;
      inconclusive += wrong.length === 0 && open.length > 0 ? 1 : 0;
    }
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const bound = alarms === 0 ? `at 95 % fewer than ${((3 / runs) * 100).toFixed(1)} % of runs would` : "";
    const longest = `this process was held up for ${Math.round(delays.max / 1e6)} ms at the longest`;
    return [
      { name: "healthy lab: runs", value: runs, unit: "runs", note: `one after the other, ${seconds} s` },
      { name: "healthy lab: checks asked", value: asked, unit: "checks", note: "" },
      { name: "healthy lab: runs that raise an alarm", value: alarms, unit: "runs", note: bound },
      { name: "healthy lab: runs that could not conclude", value: inconclusive, unit: "runs", note: longest },
    ];
  } finally {
    delays.disable();
    await lab.stop();
  }
}
