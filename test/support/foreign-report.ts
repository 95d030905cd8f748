import type { ForeignRun } from "#core/foreign/foreign-run.ts";
import { assembleForeignReport } from "#core/reporters/assemble-foreign.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { createHistogram } from "#core/statistics/histogram.ts";
import { ms } from "#core/units.ts";

function whole() {
  const histogram = createHistogram();
  for (let request = 0; request < 3000; request++) histogram.record(ms(2 + (request % 100) / 20));
  return histogram;
}

const run: ForeignRun = {
  tool: "vegeta",
  format: "a results file of vegeta",
  startedAt: null,
  loads: [
    {
      ...{ target: null, origin: "http://127.0.0.1:8080", rate: 100, connections: null, achievedRate: 99.98 },
      ...{ durationMs: 30_000, requests: 3010, failures: { "tcp-refused": 10 }, dropped: null },
      serviceMs: { mean: 4.475, p50: 4.45, p90: 6.45, p95: 6.7, p99: 6.9, p999: 6.95, max: 6.95 },
      ...{ responseMs: null, connectMs: null, tlsMs: null },
      notes: ["Times are from sending to the last byte, connecting included."],
      samples: { of: "service", whole: whole(), blocks: [], seconds: [] },
    },
  ],
  thresholds: [],
  leftOut: ["line 41 could not be read"],
};

/** A file of another tool, judged by our own rules: one holds, one does not. */
export const makeForeignReport = (): RunReport =>
  assembleForeignReport({
    run,
    file: "orders.vegeta.bin",
    writtenAt: "2026-11-25T20:00:00.000Z",
    rules: ["p99 < 10ms", "failures < 0.1%"],
    pathproof: "0.1.0",
    // Compressed text differs between versions of zlib.
    pack: (bytes) => `${bytes.length} bytes`,
  });
