import { describe, expect, test } from "vitest";
import { threshold } from "#core/config/threshold.ts";
import { readRule } from "#core/config/threshold-rule.ts";

describe("a threshold", () => {
  test.each([
    ...["p99 < 250ms", "failures < 0.1%", "reuse > 99%", "stale == 0", "p95 < baseline * 1.1", "p50<=1.5s"],
    ...["max >= 1h", "mean < baseline", "dropped == 0", "failures <= 3", "reuse > baseline * 0.9", "  p999 < 1s  "],
    ...[
      "response p99 < 1s",
      "service p50 < 10ms",
      "connect p95 < 5ms",
      "tls max < 1s",
      "requests > 1000",
      "retries == 0",
    ],
  ])("%j is one", (rule) => {
    expect(threshold.read(rule, [])).toEqual({ kind: "ok", value: rule });
  });

  test.each([
    ...["", "p99", "p99 < ", "p99 = 1s", "p99 < 250", "p99 < 5%", "reuse > 101%", "stale == 0ms", "toString < 1s"],
    ...["p99 < baseline + 1", "p99 < 1s and p50 < 1s", "< 1s", "p99 != 1s", "stale == -1"],
    ...["late p99 < 1s", "response stale == 0", "response reuse > 9%", "requests > 5%", "response p99"],
  ])("%j is none", (rule) => {
    expect(threshold.read(rule, []).kind).toBe("problems");
  });

  test.each([
    ["p99.9 < 1s", "p999 for what reports call p99.9"],
    ["p95 < 1.1 * baseline", 'the baseline times a number at most, such as "baseline * 1.1"'],
    ["p99 < 250", 'a duration after p99, such as "250ms"'],
  ])("%j is told what it lacks", (rule, expected) => {
    expect(readRule(rule)).toEqual({ kind: "wrong", expected });
  });
});
