import { describe, expect, test } from "vitest";
import { capacityUnits } from "#core/cost/capacity-units.ts";
import { type CostedPath, costOf } from "#core/cost/cost-of.ts";
import { listPrices, withPrices } from "#core/cost/prices.ts";
import { bytes, perSecond } from "#core/units.ts";

// 100/s for 730 h are 262.8 million requests; 1 KiB in and 3 KiB out make 4 KiB each: 1002.5024… GB of 2³⁰ bytes.
const load = {
  rate: perSecond(100),
  requestBytes: bytes(1024),
  responseBytes: bytes(3072),
  newConnectionsPerSecond: perSecond(1),
  activeConnections: 50,
};
const gb = 262_800_000 / 262_144;

const linesOf = (path: CostedPath, over: Partial<typeof load> = {}) =>
  costOf(path, { ...load, ...over }, listPrices).charges.map(({ price, usd }) => [price, Number(usd.toFixed(4))]);

describe("what a path costs in a month", () => {
  test("Lambda through an endpoint in three zones: 3 × 730 × 0.01 + 1002.5024 × 0.01", () => {
    expect(linesOf({ kind: "lambda-endpoint", zones: 3 })).toEqual([
      ["endpoint-zone-hour", 21.9],
      ["endpoint-gb", 10.025],
    ]);
    const { monthUsd, perMillionUsd } = costOf({ kind: "lambda-endpoint", zones: 3 }, load, listPrices);
    expect(monthUsd).toBeCloseTo(31.925, 3);
    expect(perMillionUsd).toBeCloseTo(31.925 / 262.8, 5);
  });

  test("a private API: the endpoint, and 262.8 million requests × 3.50", () => {
    expect(linesOf({ kind: "api-gateway", zones: 2 })).toEqual([
      ["endpoint-zone-hour", 14.6],
      ["endpoint-gb", 10.025],
      ["api-million-requests", 919.8],
    ]);
  });

  test("an API's tiers: of 1,314 million, 333 × 3.50 + 667 × 2.80 + 314 × 2.38", () => {
    expect(linesOf({ kind: "api-gateway", zones: 1 }, { rate: perSecond(500) }).at(-1)).toEqual([
      "api-million-requests",
      3780.42,
    ]);
  });

  test("Lattice: 730 × 0.025, 1002.5024 GB × 0.025, and 60,000 requests an hour beyond the free 300,000", () => {
    expect(linesOf({ kind: "lattice" })).toEqual([
      ["lattice-service-hour", 18.25],
      ["lattice-gb", 25.0626],
      ["lattice-million-requests", 4.38],
    ]);
  });

  test("Lattice below 300,000 requests an hour charges none of them", () => {
    expect(linesOf({ kind: "lattice" }, { rate: perSecond(83) }).at(-1)).toEqual(["lattice-million-requests", 0]);
  });

  test("an ALB before functions: 730 × 0.0225, and 1.3733 GB an hour at 0.4 GB a unit", () => {
    expect(linesOf({ kind: "alb", rules: 3, toFunctions: true })).toEqual([
      ["alb-hour", 16.425],
      ["alb-lcu-hour", Number(((gb / 0.4) * 0.008).toFixed(4))],
    ]);
    expect((gb / 0.4) * 0.008).toBeCloseTo(20.05, 2);
  });

  test("a plain origin counts as 0, and says why", () => {
    expect(costOf({ kind: "http" }, load, listPrices)).toEqual({
      charges: [],
      monthUsd: 0,
      perMillionUsd: 0,
      notes: ["Nothing is known of what a plain HTTP origin costs: it counts as 0."],
    });
  });

  test("without a request there is no price for a million, but the hours are paid", () => {
    const idle = costOf({ kind: "lattice" }, { ...load, rate: perSecond(0) }, listPrices);
    expect(idle).toMatchObject({ monthUsd: 18.25, perMillionUsd: null });
  });

  test("the endpoint's GB become cheaper beyond a PB, for what is beyond it", () => {
    const [, data] = costOf(
      { kind: "lambda-endpoint", zones: 1 },
      // 2 PB of 2⁵⁰ bytes in the month, in one way.
      { ...load, rate: perSecond(1), requestBytes: bytes((2 * 2 ** 50) / (730 * 3600)), responseBytes: bytes(0) },
      listPrices,
    ).charges;
    expect(data?.usd).toBeCloseTo(1_048_576 * 0.01 + 1_048_576 * 0.006, 2);
  });
});

describe("capacity units", () => {
  test.each([
    ["new connections", { newConnectionsPerSecond: perSecond(75) }, 1, false, 3],
    ["active connections", { activeConnections: 6000 }, 1, false, 2],
    ["processed bytes", { rate: perSecond(1000) }, 1, false, 13.7329],
    ["processed bytes", { rate: perSecond(1000) }, 1, true, 34.3323],
    ["rule evaluations", { rate: perSecond(1000), responseBytes: bytes(0), requestBytes: bytes(100) }, 60, false, 50],
  ])("%s decide where they are the most", (dimension, over, rules, toFunctions, units) => {
    const most = capacityUnits({ ...load, ...over }, rules, toFunctions);
    expect(most.dimension).toBe(dimension);
    expect(most.units).toBeCloseTo(units, 4);
  });

  test("ten rules are free", () => {
    const quiet = { ...load, requestBytes: bytes(1), responseBytes: bytes(1), newConnectionsPerSecond: perSecond(0) };
    expect(capacityUnits({ ...quiet, rate: perSecond(1000) }, 10, false).dimension).not.toBe("rule evaluations");
  });
});

describe("prices", () => {
  test("each has a page, a region and a date, and its tiers rise to an open one", () => {
    for (const { value, source, region, asOf } of Object.values(listPrices)) {
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/.*pricing\/$/);
      expect(region).toBe("us-east-1");
      expect(asOf).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
      expect(value.at(-1)?.upTo).toBeNull();
      const bounds = value.map(({ upTo }) => upTo ?? Number.POSITIVE_INFINITY);
      expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
    }
  });

  test("one's own replace those named, with their own origin; the others stay", () => {
    const origin = { region: "ap-northeast-1", asOf: "2026-11", source: "https://example.com/contract" };
    const own = withPrices(listPrices, { ...origin, usd: { "lattice-service-hour": [{ upTo: null, usd: 0.0325 }] } });
    const { charges } = costOf({ kind: "lattice" }, load, own);
    expect(charges[0]).toMatchObject({ usd: 23.725, ...origin });
    expect(charges[1]).toMatchObject({ region: "us-east-1", asOf: "2026-09" });
    expect(own["alb-hour"]).toBe(listPrices["alb-hour"]);
  });
});
