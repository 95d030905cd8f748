import { count, countOrNull, curve, list, quantilesOrNull, record, text } from "./schema-parts.ts";

const number = { type: "number" } as const;
const numberOrNull = { type: ["number", "null"] } as const;
const share = { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 } as const;
const flag = { type: "boolean" } as const;
const use = { enum: ["reused", "cold"] } as const;

const design = record({
  engine: { enum: ["k6", "node"] },
  seed: count,
  rounds: count,
  roundsDone: count,
  blockMs: count,
  headMs: count,
  rate: count,
  connections: list(use),
  durationMs: count,
});

const pilot = record({
  rounds: count,
  needs: list(record({ connections: use, quantile: share, expectedMs: countOrNull, cautiousMs: countOrNull })),
});

const pair = record({
  a: text,
  b: text,
  connections: use,
  quantile: share,
  deltaMs: numberOrNull,
  lowMs: numberOrNull,
  highMs: numberOrNull,
  smallestVisibleMs: countOrNull,
  roundsNeeded: { oneOf: [record({ expected: count, cautious: count }), { type: "null" }] },
  verdict: { enum: ["faster", "slower", "equivalent", "inconclusive"] },
  rounds: count,
  samples: record({ a: count, b: count }),
  warnings: list(text),
});

const target = record({
  target: text,
  connections: use,
  requests: count,
  failures: { type: "object", additionalProperties: count },
  dropped: count,
  connectionsOpened: count,
  latencyMs: quantilesOrNull,
  responseMs: quantilesOrNull,
  quantiles: list(record({ quantile: share, valueMs: countOrNull, lowMs: countOrNull, highMs: countOrNull })),
  curve,
  histogram: text,
});

const block = record({
  round: count,
  pilot: flag,
  target: text,
  connections: use,
  startMs: count,
  complete: flag,
  requests: count,
  failures: count,
  dropped: count,
  latencyMsP50: countOrNull,
  latencyMsP99: countOrNull,
  lateMsP99: countOrNull,
  saturated: flag,
});

const charge = record({
  price: text,
  what: text,
  units: count,
  usd: count,
  region: text,
  asOf: text,
  source: text,
  trust: { enum: ["doc", "code", "ran", "recalled"] },
});

const cost = record({
  target: text,
  kind: text,
  carried: record({
    rate: count,
    requestBytes: count,
    responseBytes: count,
    bytesFrom: text,
    newConnectionsPerSecond: count,
    activeConnections: count,
    zones: countOrNull,
  }),
  monthUsd: number,
  perMillionUsd: numberOrNull,
  charges: list(charge),
  notes: list(text),
});

/** Of `comparison` in `report.json`. */
export const comparisonSchema: object = record(
  {
    marginMs: count,
    confidence: share,
    warnings: list(text),
    design,
    pilot: { oneOf: [pilot, { type: "null" }] },
    pairs: list(pair),
    targets: list(target),
    blocks: list(block),
    cost: list(cost),
  },
  { principal: text },
);
