import { count, list, record, text, textOrNull, verdict } from "../schema-parts.ts";

const share = { type: "number", minimum: 0, maximum: 1 } as const;
const point = { type: "array", prefixItems: [count, count], minItems: 2, maxItems: 2 } as const;

const change = record({
  run: count,
  before: count,
  after: count,
  pValue: share,
  direction: { enum: ["better", "worse", "other"] },
  alongside: list(text),
});

const series = record({
  target: text,
  load: text,
  workload: text,
  metric: text,
  unit: { enum: ["ms", "share"] },
  better: { enum: ["lower", "higher", null] },
  points: list(point),
  levels: list(record({ from: count, value: count })),
  changes: list(change),
  enough: { type: "boolean" },
});

/** Of `history` in `report.json`. */
export const historySchema: object = record({
  falseAlarms: share,
  marginShare: { type: "number", minimum: 0 },
  since: textOrNull,
  runs: list(record({ name: text, command: text, startedAt: text, verdict })),
  series: list(series),
  checked: list(record({ target: text, verdicts: list(record({ run: count, verdict, cause: textOrNull })) })),
  warnings: list(text),
});
