import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseConfig } from "#core/config/parse-config.ts";

const context = { env: {}, directory: "/etc/pathproof" };

const valid = {
  version: 1,
  region: "eu-west-1",
  credentials: { profile: "prod", file: "./credentials" },
  network: { resolve: { "orders.example.internal": ["10.0.1.10"] }, dns: ["10.0.0.2"], ca: "./ca.pem" },
  targets: {
    lattice: { kind: "lattice", url: "https://a.example", requests: { one: { path: "/", expect: { status: [200] } } } },
    direct: { kind: "lambda-endpoint", function: "orders", request: { body: { a: 1 } } },
    api: { kind: "api-gateway", api: "a1b2c3", stage: "prod" },
    alb: { kind: "alb", url: "https://orders.example.internal", echo: true, expect: { body: { matches: "a" } } },
    http: { kind: "http", url: "http://127.0.0.1", request: { headers: { accept: "a" } } },
  },
  loads: { steady: { targets: ["alb"], rate: "1/s", duration: "1m", thresholds: ["p99 < 1s"] } },
  compare: { rate: "1/s" },
  deadlines: { dns: "3s" },
  limits: { allow: ["private"] },
};

type Place = readonly (string | number)[];

const placesOf = (value: unknown, path: Place = []): readonly Place[] => [
  path,
  ...(typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, child]) =>
        placesOf(child, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : []),
];

function replaceAt(value: unknown, [part, ...rest]: Place, by: unknown): unknown {
  if (part === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === part ? replaceAt(item, rest, by) : item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === part ? replaceAt(item, rest, by) : item]),
  );
}

const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom("${X}", "$${", "${", "\u0000", "__proto__", "NaN", Number.NaN, Number.POSITIVE_INFINITY, undefined),
  fc.anything({ withDate: true, withMap: true, withNullPrototype: true, withTypedArray: true }),
);

describe("parseConfig", () => {
  test("the config that is varied below is valid", () => {
    expect(parseConfig(valid, context).kind).toBe("ok");
  });

  test("answers whatever it is given", () => {
    fc.assert(fc.property(odd, (input) => parseConfig(input, context).kind === "problems"));
  });

  test("answers a valid config with anything anywhere in it, and names at least one problem unless it is fine", () => {
    fc.assert(
      fc.property(fc.constantFrom(...placesOf(valid)), odd, (place, by) => {
        const read = parseConfig(replaceAt(valid, place, by), context);
        return read.kind === "ok" || read.problems.length > 0;
      }),
      { numRuns: 2000 },
    );
  });

  test("shows nothing of what the environment holds", () => {
    const secret = "Zk9-hunter2-Zk9";
    const env = { SECRET: secret };
    fc.assert(
      fc.property(fc.constantFrom(...placesOf(valid)), fc.constantFrom("${SECRET}", "a ${SECRET} b"), (place, by) => {
        const read = parseConfig(replaceAt(valid, place, by), { ...context, env });
        return read.kind === "ok" || !JSON.stringify(read.problems).includes(secret);
      }),
    );
  });

  test("refuses a value that contains itself", () => {
    const targets: Record<string, unknown> = {};
    targets["orders"] = targets;
    expect(parseConfig({ version: 1, targets }, context)).toMatchObject({ kind: "problems", problems: [{ path: [] }] });
  });
});
