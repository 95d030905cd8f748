import { acrossSchema } from "./across/across-schema.ts";
import { comparisonSchema } from "./comparison-schema.ts";
import { historySchema } from "./history/history-schema.ts";
import { keepaliveSchema } from "./keepalive-schema.ts";
import {
  count,
  countOrNull,
  curves,
  list,
  orNull,
  quantilesOrNull,
  record,
  text,
  textOrNull,
  verdict,
} from "./schema-parts.ts";

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
  cause: orNull(cause),
  measures: { type: "object", additionalProperties: { oneOf: [{ type: "number" }, text] } },
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

const authOrNull = { enum: ["iam", "none", null] } as const;

const share = { type: "number", minimum: 0, maximum: 1 } as const;
const shareOrNull = { type: ["number", "null"], minimum: 0, maximum: 1 } as const;

const reuseRate = record({
  requests: count,
  stale: count,
  suspectedRetries: count,
  rate: shareOrNull,
  low: share,
  high: share,
});
const idleRows = list(
  record({ fromMs: countOrNull, toMs: countOrNull, idempotent: reuseRate, other: reuseRate, ended: count }),
);
const ends = { type: "object", additionalProperties: count } as const;

const ledger = record({
  seenBy: { enum: ["socket", "virtual-user"] },
  all: record({ idempotent: reuseRate, other: reuseRate }),
  idle: idleRows,
  window: { oneOf: [record({ timerMs: count, rows: idleRows }), { type: "null" }] },
  connections: record({
    born: count,
    ends,
    ageMs: quantilesOrNull,
    servedMean: countOrNull,
    servedMost: count,
    served: list(record({ from: count, to: count, connections: count })),
  }),
});

const load = record(
  {
    load: text,
    scenario: text,
    target: text,
    engine: { enum: ["k6", "node", "foreign"] },
    auth: authOrNull,
    rate: countOrNull,
    achievedRate: countOrNull,
    connections: countOrNull,
    durationMs: countOrNull,
    requests: count,
    failures: { type: ["object", "null"], additionalProperties: count },
    dropped: countOrNull,
    saturated: { type: ["boolean", "null"] },
    generator: list(text),
    serviceMs: quantilesOrNull,
    responseMs: quantilesOrNull,
    connectMs: quantilesOrNull,
    tlsMs: quantilesOrNull,
    histogram: textOrNull,
    seconds: list(
      record(
        {
          second: count,
          requests: count,
          failures: count,
          connections: count,
          p50: countOrNull,
          p99: countOrNull,
          max: countOrNull,
        },
        { ends },
      ),
    ),
    reuse: orNull(
      record({
        connections: count,
        perfect: count,
        requests: count,
        ratio: { type: "number", minimum: 0, maximum: 1 },
        stale: count,
        suspectedRetries: count,
      }),
    ),
  },
  {
    principal: text,
    refusals: { type: "object", additionalProperties: count },
    curves,
    ledger,
    foreign: record({ tool: text, format: text, file: text }),
  },
);

const threshold = record({ load: text, target: text, rule: text, observed: text, verdict });

const access = record({
  target: text,
  principal: text,
  action: text,
  expected: record({ access: { enum: ["allowed", "denied", "observed"] }, by: textOrNull }),
  foreseen: {
    oneOf: [
      record({ access: { enum: ["allowed", "denied", "unknown"] }, by: textOrNull, says: text }),
      { type: "null" },
    ],
  },
  seen: record({
    access: { enum: ["allowed", "denied", "unclear"] },
    by: textOrNull,
    explicit: { type: "boolean" },
    status: countOrNull,
  }),
  verdict: { enum: ["pass", "fail", "inconclusive"] },
  says: text,
});

/** The JSON Schema (draft 2020-12) of `report.json`. */
export const reportSchema = (): object => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "pathproof.report/1",
  ...record(
    {
      schema: { const: "pathproof.report/1" },
      command: text,
      verdict,
      startedAt: { type: "string", format: "date-time" },
      elapsedMs: count,
      interrupted: { type: "boolean" },
      vantage,
      targets: list(record({ id: text, kind: text, origin: text, auth: authOrNull })),
      checks: list(check),
      loads: list(load),
      thresholds: list(threshold),
    },
    {
      access: list(access),
      comparison: orNull(comparisonSchema),
      keepalive: list(keepaliveSchema),
      across: acrossSchema,
      history: historySchema,
    },
  ),
});
