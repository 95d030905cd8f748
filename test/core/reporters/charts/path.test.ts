import { describe, expect, test } from "vitest";
import { bandPath, barsPath, linePath } from "#core/reporters/html/charts/path.ts";

describe("paths", () => {
  test("a line breaks where there is no value, and a lone value is a dot", () => {
    expect(linePath([{ x: 0, y: 0 }, { x: 0.1, y: 1 }, null, { x: 0.5, y: 0.5 }])).toBe("m0 1000l100 -1000m400 500z");
    expect(linePath([null])).toBe("");
  });

  test("a band goes along the high edge and back along the low one, and breaks where there is no value", () => {
    const band = [{ x: 0, low: 0, high: 0.5 }, { x: 0.4, low: 0, high: 1 }, null, { x: 1, low: 0.2, high: 0.3 }];
    expect(bandPath(band)).toBe("m0 500l400 -500l0 1000h-400zm1000 200l0 100z");
  });

  test("steps end where places did", () => {
    const points = Array.from({ length: 7 }, (_, index) => ({ x: index / 6, y: (index % 3) / 7 }));
    let [x, y] = [0, 0];
    const reached = [...linePath(points).matchAll(/([mlh])(-?\d+)(?: (-?\d+))?/g)].map(([, , right, down]) => {
      [x, y] = [x + Number(right), y + Number(down ?? 0)];
      return [x, y];
    });
    expect(reached).toEqual(points.map((point) => [Math.round(1000 * point.x), Math.round(1000 * (1 - point.y))]));
  });

  test("a bar of no height is not drawn", () => {
    expect(
      barsPath([
        { from: 0, to: 0.5, height: 0 },
        { from: 0.5, to: 1, height: 1 },
      ]),
    ).toBe("M500 1000V0H1000V1000");
  });

  test("bars side by side share an outline, and a gap or a bar of no height parts them", () => {
    const heights = [0.5, 1, 0, 0.25];
    const bars = heights.map((height, index) => ({ from: index / 5, to: (index + 1) / 5, height }));
    expect(barsPath([...bars, { from: 0.9, to: 1, height: 0.1 }])).toBe(
      "M0 1000V500H200V0H400V1000M600 1000V750H800V1000M900 1000V900H1000V1000",
    );
  });
});
