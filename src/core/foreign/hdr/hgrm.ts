import { type ForeignFormat, problem } from "../foreign-run.ts";
import { hasPercentileTable, readPercentileTable } from "./percentile-table.ts";

/**
 * A percentile distribution by itself: HdrHistogram's `outputPercentileDistribution`, with spaces or commas, and what
 * `vegeta report -type=hdrplot` prints.
 */
export const hgrm: ForeignFormat = {
  kind: "whole",
  name: "percentile distribution (.hgrm: HdrHistogram, wrk2, vegeta report -type=hdrplot)",
  recognises: hasPercentileTable,
  read(text) {
    const table = readPercentileTable(text);
    if (typeof table === "string") return problem(table);
    const vegeta = /^\s*Value\(ms\)/m.test(text);
    return {
      kind: "run",
      run: {
        tool: vegeta ? "vegeta" : "HdrHistogram",
        format: vegeta ? "percentile distribution, hdrplot" : "percentile distribution, hgrm",
        startedAt: null,
        loads: [
          {
            ...{ target: null, origin: null, rate: null, connections: null, achievedRate: null, durationMs: null },
            requests: table.count,
            ...{ failures: null, dropped: null, responseMs: null, connectMs: null, tlsMs: null, samples: null },
            serviceMs: table.times,
            notes: [
              "A percentile distribution is a sketch: some hundred points, not what lies between them. It can be shown and set beside others, but no interval can be given and it cannot be merged.",
              ...(vegeta
                ? [
                    "vegeta's latency goes from its call to send until the body was read: connecting is in it where a connection was opened, and failed requests are in it too.",
                  ]
                : [
                    "Its values were taken as milliseconds, which is the custom; what was measured, and whether failed requests or a correction for coordinated omission are in it, it does not say.",
                  ]),
              ...(table.note === null ? [] : [table.note]),
            ],
          },
        ],
        thresholds: [],
        leftOut: [],
      },
    };
  },
};
