// A server that is silent for 1 s in every 10 s, at 1,000 requests a second: does the stall show in the response times of all that
// was due in it, as wrk2 shows it, and in no service time but theirs who were under way? Both engines.
import { bundleEngine } from "./load/ours.ts";
import type { Row } from "./load/row.ts";
import { type Course, type Engine, k6Engine, nodeEngine, runCourse } from "./load/scheduled-run.ts";
import { truthOf } from "./load/truth.ts";

const course: Course = {
  rate: 1000,
  warmupMs: 500,
  durationMs: 20_000,
  // What comes in the stall waits for its end; all else is answered at once.
  delay: (_, atMs) => Math.max(0, 1000 - ((atMs - 3000 + 100_000) % 10_000)),
};
const calm: Course = { ...course, durationMs: 5000, delay: () => 0 };

async function rowsOf(name: string, engine: Engine): Promise<readonly Row[]> {
  const before = (await runCourse(engine, calm)).tally.times.service.quantile(0.5) ?? Number.NaN;
  const { tally, log } = await runCourse(engine, course);
  const known = truthOf(log, course.rate, course.warmupMs).response[2] ?? Number.NaN;
  const said = tally.times.response.quantile(0.99) ?? Number.NaN;
  const service = tally.times.service.quantile(0.5) ?? Number.NaN;
  const { dropped } = tally.counts;
  return [
    {
      name: `${name}: response p99, off the truth`,
      value: (said / known - 1) * 100,
      unit: "%",
      note: `target: within 3 % · ${said.toFixed(0)} ms, ${known.toFixed(0)} by the server's log, 900 by arithmetic · ${dropped} dropped`,
    },
    {
      name: `${name}: service p50, with stalls less without`,
      value: (service - before) * 1000,
      unit: "µs",
      note: `target: untouched · ${(service * 1000).toFixed(0)} and ${(before * 1000).toFixed(0)}`,
    },
  ];
}

export async function bench(): Promise<readonly Row[]> {
  const k6 = await k6Engine();
  return [...(await rowsOf("node", nodeEngine(await bundleEngine()))), ...(k6 === null ? [] : await rowsOf("k6", k6))];
}
