// Both engines against a server that delays by a known schedule: what they report, held to what the server logged.
import { bundleEngine } from "./load/ours.ts";
import type { Row } from "./load/row.ts";
import { type Course, type Engine, k6Engine, nodeEngine, runCourse } from "./load/scheduled-run.ts";
import { quantiles, truthOf } from "./load/truth.ts";

const pace = { rate: 200, warmupMs: 500, durationMs: 20_000 };

// Long delays, so that 3 % is more than what a busy machine takes to wake either side; and no quantile where two modes meet.
const courses: Readonly<Record<string, Course>> = {
  "250 ms always": { ...pace, delay: () => 250 },
  "250 ms, one in eight 1 s": { ...pace, delay: (n) => (n % 8 === 7 ? 1000 : 250) },
  "250 ms, and silent for 1 s in 10 s": {
    ...pace,
    // What comes in the stall waits for its end.
    delay: (_, atMs) => Math.max(250, 1000 - ((atMs - 3000 + 100_000) % 10_000)),
  },
};

const tolerance = "target: within 3 %";

async function rowsOf(name: string, engine: Engine, label: string, course: Course): Promise<readonly Row[]> {
  const { tally, log } = await runCourse(engine, course);
  const truth = truthOf(log, course.rate, course.warmupMs);
  const off = (what: "service" | "response"): { readonly worst: number; readonly note: string } => {
    const errors = quantiles.map((q, at) => {
      const said = tally.times[what].quantile(q) ?? Number.NaN;
      const known = truth[what][at] ?? Number.NaN;
      return { q, said, known, off: said / known - 1 };
    });
    const worst = errors.reduce((a, b) => (Math.abs(b.off) > Math.abs(a.off) ? b : a));
    const all = errors.map(({ q, said, known }) => `p${q * 100} ${said.toFixed(1)} (${known.toFixed(1)})`).join(", ");
    return { worst: worst.off * 100, note: `${tolerance} · ${all} ms` };
  };
  const lost = tally.counts.dropped > 0 ? ` · ${tally.counts.dropped} dropped` : "";
  return (["service", "response"] as const).map((what) => {
    const { worst, note } = off(what);
    return { name: `${label}, ${name}: ${what}, furthest off`, value: worst, unit: "%", note: `${note}${lost}` };
  });
}

export async function bench(): Promise<readonly Row[]> {
  const engines: Readonly<Record<string, Engine | null>> = {
    node: nodeEngine(await bundleEngine()),
    k6: await k6Engine(),
  };
  const rows: Row[] = [];
  for (const [label, course] of Object.entries(courses))
    for (const [name, engine] of Object.entries(engines))
      if (engine !== null) rows.push(...(await rowsOf(name, engine, label, course)));
  return rows;
}
