import { describe, expect, test } from "vitest";
import type { CostedPath } from "#core/cost/cost-of.ts";
import { costOfRun } from "#core/cost/cost-of-run.ts";
import { listPrices, withPrices } from "#core/cost/prices.ts";
import { bytes } from "#core/units.ts";

const gib = 1_073_741_824;
const hourMs = 3_600_000;

// Two million requests in an hour, and 100 GB of 2³⁰ bytes.
const volume = { requests: 2_000_000, bytes: bytes(100 * gib), durationMs: hourMs };

const linesOf = (path: CostedPath, over: Partial<typeof volume> = {}) =>
  costOfRun(path, { ...volume, ...over }, listPrices).map(({ price, units, usd }) => [
    price,
    Number(units.toFixed(4)),
    Number(usd.toFixed(4)),
  ]);

describe("what a run adds to the bill", () => {
  test("Lambda through an endpoint: its bytes, and no hours, in however many zones: 100 × 0.01", () => {
    for (const zones of [1, 3]) expect(linesOf({ kind: "lambda-endpoint", zones })).toEqual([["endpoint-gb", 100, 1]]);
  });

  test("a private API: the endpoint's bytes, and 2 million requests × 3.50", () => {
    expect(linesOf({ kind: "api-gateway", zones: 2 })).toEqual([
      ["endpoint-gb", 100, 1],
      ["api-million-requests", 2, 7],
    ]);
  });

  test("Lattice: 100 × 0.025, and 2 million requests × 0.10, none of them free", () => {
    expect(linesOf({ kind: "lattice" })).toEqual([
      ["lattice-gb", 100, 2.5],
      ["lattice-million-requests", 2, 0.2],
    ]);
  });

  test("an ALB by its bytes: a unit carries 1 GB an hour, 0.4 GB to functions", () => {
    const few = { requests: 3600 };
    expect(linesOf({ kind: "alb", rules: 1, toFunctions: false }, few)).toEqual([["alb-lcu-hour", 100, 0.8]]);
    expect(linesOf({ kind: "alb", rules: 1, toFunctions: true }, few)).toEqual([["alb-lcu-hour", 250, 2]]);
    // The same in half the time takes twice the units for half as long.
    expect(linesOf({ kind: "alb", rules: 1, toFunctions: true }, { ...few, durationMs: hourMs / 2 })).toEqual([
      ["alb-lcu-hour", 250, 2],
    ]);
  });

  test("an ALB by its connections, were each request on one of its own: 555.6 a second, 25 a unit", () => {
    const light = { bytes: bytes(0) };
    expect(linesOf({ kind: "alb", rules: 1, toFunctions: true }, light)).toEqual([["alb-lcu-hour", 22.2222, 0.1778]]);
    expect(linesOf({ kind: "alb", rules: 1, toFunctions: true }, { ...light, requests: 0, durationMs: 0 })).toEqual([
      ["alb-lcu-hour", 0, 0],
    ]);
  });

  test("any other origin: nothing that is known", () => {
    expect(linesOf({ kind: "http" })).toEqual([]);
  });

  test("one's own prices instead of the list's, with where they are from", () => {
    const own = withPrices(listPrices, {
      ...{ region: "eu-central-1", asOf: "2026-10", source: "https://example.com/prices" },
      usd: { "lattice-gb": [{ upTo: null, usd: 1 }] },
    });
    const [first, second] = costOfRun({ kind: "lattice" }, volume, own);
    expect(first).toMatchObject({ price: "lattice-gb", usd: 100, region: "eu-central-1", asOf: "2026-10" });
    expect(second).toMatchObject({ price: "lattice-million-requests", usd: 0.2, region: "us-east-1" });
  });
});
