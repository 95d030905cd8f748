import { count, countOrNull, list, record, text, textOrNull } from "../schema-parts.ts";

const numberOrNull = { type: ["number", "null"] } as const;
const share = { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 } as const;

const pair = record({
  target: text,
  a: text,
  b: text,
  measure: { enum: ["service", "response"] },
  quantile: share,
  aMs: countOrNull,
  bMs: countOrNull,
  deltaMs: numberOrNull,
  lowMs: numberOrNull,
  highMs: numberOrNull,
  spread: { enum: ["in-turn", "apart", "within", "none"] },
  runsDiffer: { type: ["boolean", "null"] },
  verdict: { enum: ["faster", "slower", "equivalent", "inconclusive"] },
  samples: record({ a: count, b: count }),
  warnings: list(text),
});

/** Of `across` in `report.json`. */
export const acrossSchema: object = record({
  confidence: share,
  marginMs: countOrNull,
  sides: list(record({ name: text, runs: list(record({ name: text, startedAt: textOrNull })) })),
  warnings: list(text),
  differing: list(record({ fact: text, values: list(text) })),
  pairs: list(pair),
});
