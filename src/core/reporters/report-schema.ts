const text = { type: "string" } as const;
const textOrNull = { type: ["string", "null"] } as const;
const count = { type: "number", minimum: 0 } as const;
const verdict = { enum: ["pass", "fail", "inconclusive", "skipped"] } as const;

/** Every field required and none beyond them: a reader may rely on both. */
const record = (properties: Readonly<Record<string, object>>): object => ({
  type: "object",
  properties,
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
  }),
});
