import { describe, expect, test } from "vitest";
import { threshold } from "#core/config/threshold.ts";

describe("a threshold", () => {
  test.each([
    ...["p99 < 250ms", "failures < 0.1%", "reuse > 99%", "stale == 0", "p95 < baseline * 1.1", "p50<=1.5s"],
    ...["max >= 1h", "mean < baseline", "dropped == 0", "failures <= 3", "reuse > baseline * 0.9", "  p999 < 1s  "],
  ])("%j is one", (rule) => {
    expect(threshold.read(rule, [])).toEqual({ kind: "ok", value: rule });
  });

  test.each([
    ...["", "p99", "p99 < ", "p99 = 1s", "p99 < 250", "p99 < 5%", "reuse > 101%", "stale == 0ms", "toString < 1s"],
    ...["p99 < baseline + 1", "p99 < 1s and p50 < 1s", "< 1s", "p99 != 1s", "stale == -1"],
  ])("%j is none", (rule) => {
    expect(threshold.read(rule, []).kind).toBe("problems");
  });
});
