const text = { type: "string" } as const;
const textOrNull = { type: ["string", "null"] } as const;
const count = { type: "number", minimum: 0 } as const;
const verdict = { enum: ["pass", "fail", "inconclusive", "skipped"] } as const;

/** Every field required, but for the `optional`, and none beyond them: a reader may rely on both. */
const record = (
  properties: Readonly<Record<string, object>>,
  optional: Readonly<Record<string, object>> = {},
): object => ({
  type: "object",
  properties: { ...properties, ...optional },
  required: Object.keys(properties),
  additionalProperties: false,
});

const list = (items: object): object => ({ type: "array", items });

const cause = record({
  code: text,
  title: text,
  confidence: { enum: ["certain", "likely", "possible"] },
  evidence: { type: "array", items: text, minItems: 1 },
  remedy: text,
  alternatives: list(text),
  source: text,
});

const check = record({
  check: text,
  group: text,
  title: text,
  target: text,
  verdict,
  summary: text,
  cause: { oneOf: [cause, { type: "null" }] },
  measures: { type: "object", additionalProperties: { type: "number" } },
  elapsedMs: count,
});

const vantage = record({
  hostname: text,
  node: text,
  os: text,
  pathproof: text,
  region: textOrNull,
  az: textOrNull,
  instanceId: textOrNull,
  vpcId: textOrNull,
});

const quantiles = record({ mean: count, p50: count, p90: count, p95: count, p99: count, p999: count, max: count });
const quantilesOrNull = { oneOf: [quantiles, { type: "null" }] };
const countOrNull = { type: ["number", "null"], minimum: 0 } as const;

const curve = list({
  type: "array",
  prefixItems: [{ type: "number", minimum: 0, maximum: 1 }, count],
  minItems: 2,
  maxItems: 2,
});
const curves = record({ service: curve, response: { oneOf: [curve, { type: "null" }] } });

const load = record(
  {
    load: text,
    scenario: text,
    target: text,
    engine: { enum: ["k6", "node"] },
    auth: { enum: ["iam", "none"] },
    rate: countOrNull,
    achievedRate: count,
    connections: countOrNull,
    durationMs: count,
    requests: count,
    failures: { type: "object", additionalProperties: count },
    dropped: count,
    saturated: { type: "boolean" },
    generator: list(text),
    serviceMs: quantilesOrNull,
    responseMs: quantilesOrNull,
    connectMs: quantilesOrNull,
    tlsMs: quantilesOrNull,
    histogram: text,
    seconds: list(
      record({
        second: count,
        requests: count,
        failures: count,
        connections: count,
        p50: countOrNull,
        p99: countOrNull,
        max: countOrNull,
      }),
    ),
    reuse: record({
      connections: count,
      perfect: count,
      requests: count,
      ratio: { type: "number", minimum: 0, maximum: 1 },
      stale: count,
      suspectedRetries: count,
    }),
  },
  { curves },
);

const threshold = record({ load: text, target: text, rule: text, observed: text, verdict });

/** The JSON Schema (draft 2020-12) of `report.json`. */
export const reportSchema = (): object => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "pathproof.report/1",
  ...record({
    schema: { const: "pathproof.report/1" },
    command: text,
    verdict,
    startedAt: { type: "string", format: "date-time" },
    elapsedMs: count,
    interrupted: { type: "boolean" },
    vantage,
    targets: list(record({ id: text, kind: text, origin: text, auth: { enum: ["iam", "none"] } })),
    checks: list(check),
    loads: list(load),
    thresholds: list(threshold),
  }),
});
