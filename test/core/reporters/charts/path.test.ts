import { describe, expect, test } from "vitest";
import { bandPath, barsPath, linePath } from "#core/reporters/html/charts/path.ts";

describe("paths", () => {
  test("a line breaks where there is no value, and a lone value is a dot", () => {
    expect(linePath([{ x: 0, y: 0 }, { x: 0.1, y: 1 }, null, { x: 0.5, y: 0.5 }])).toBe("M0,1000L100,0M500,500Z");
    expect(linePath([null])).toBe("");
  });

  test("a band goes along the high edge and back along the low one, and breaks where there is no value", () => {
    const band = [{ x: 0, low: 0, high: 0.5 }, { x: 0.4, low: 0, high: 1 }, null, { x: 1, low: 0.2, high: 0.3 }];
    expect(bandPath(band)).toBe("M0,500L400,0L400,1000L0,1000ZM1000,700L1000,800Z");
  });

  test("a bar of no height is not drawn", () => {
    expect(
      barsPath([
        { from: 0, to: 0.5, height: 0 },
        { from: 0.5, to: 1, height: 1 },
      ]),
    ).toBe("M500 1000V0H1000V1000Z");
  });
});
