import { describe, expect, test } from "vitest";
import { readLoadEnd, readSavedLoad, type SavedLoad, saveLoad } from "#core/plan/saved-load.ts";
import { loadPlan, plannedTarget } from "../../support/k6.ts";
import { makeFigures } from "../verdicts/make-figures.ts";

const [request] = plannedTarget("orders", 80).requests;
if (request === undefined) throw new Error("no request");
const load: SavedLoad = {
  plan: loadPlan([
    plannedTarget("orders", 80, {
      requests: [{ ...request, headers: { "x-api-key": "from-the-environment" }, body: "from-the-environment" }],
    }),
  ]),
  engine: "k6",
  thresholds: ["p99 < 250ms"],
  baseline: { orders: makeFigures() },
};

describe("a saved load", () => {
  test("holds no header's value and no body", () => {
    const text = JSON.stringify(saveLoad(load));
    expect(text).toContain("x-api-key");
    expect(text).not.toContain("from-the-environment");
  });

  test("is read as it was saved", () => {
    const saved = saveLoad(load);
    expect(readSavedLoad(JSON.parse(JSON.stringify(saved)))).toEqual(saved);
  });

  test.each([
    ["nothing", undefined],
    ["another engine", { ...load, engine: "vegeta" }],
    ["a plan of another schema", { ...load, plan: { ...load.plan, schema: "pathproof.load-plan/9" } }],
    ["a rule that is none", { ...load, thresholds: ["p98 < 1s"] }],
    ["a baseline without figures", { ...load, baseline: { orders: {} } }],
    ["a baseline with half of them", { ...load, baseline: { orders: { ...makeFigures(), serviceMs: { p50: 1 } } } }],
  ])("of %s is none", (_, value) => {
    expect(readSavedLoad(value)).toBeNull();
  });

  test("that came to no end has none", () => {
    const end = {
      complete: true,
      reasons: [],
      notes: [],
      cpuShare: null,
      stealShare: 0.01,
      throttledShare: null,
      endedEarly: null,
    };
    expect(readLoadEnd(end)).toEqual(end);
    expect(readLoadEnd(undefined)).toBeNull();
    expect(readLoadEnd({ ...end, notes: [1] })).toBeNull();
  });
});
