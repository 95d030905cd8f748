export const text = { type: "string" } as const;
export const textOrNull = { type: ["string", "null"] } as const;
export const count = { type: "number", minimum: 0 } as const;
export const verdict = { enum: ["pass", "fail", "inconclusive", "skipped"] } as const;

/** Every field required, but for the `optional`, and none beyond them: a reader may rely on both. */
export const record = (
  properties: Readonly<Record<string, object>>,
  optional: Readonly<Record<string, object>> = {},
): object => ({
  type: "object",
  properties: { ...properties, ...optional },
  required: Object.keys(properties),
  additionalProperties: false,
});

export const list = (items: object): object => ({ type: "array", items });

export const orNull = (schema: object): object => ({ oneOf: [schema, { type: "null" }] });

export const countOrNull = { type: ["number", "null"], minimum: 0 } as const;
export const quantilesOrNull = orNull(
  record({
    mean: countOrNull,
    p50: countOrNull,
    p90: countOrNull,
    p95: countOrNull,
    p99: countOrNull,
    p999: countOrNull,
    max: countOrNull,
  }),
);

export const curve = list({
  type: "array",
  prefixItems: [{ type: "number", minimum: 0, maximum: 1 }, count],
  minItems: 2,
  maxItems: 2,
});
export const curves = record({ service: curve, response: orNull(curve) });
