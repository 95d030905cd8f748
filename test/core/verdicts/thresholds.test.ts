import { describe, expect, test } from "vitest";
import { ms } from "#core/units.ts";
import { createBreachWatch } from "#core/verdicts/early-end.ts";
import { judgeLoad } from "#core/verdicts/judge-load.ts";
import type { LoadFigures } from "#core/verdicts/load-figures.ts";
import { evaluateThreshold, rulesOf } from "#core/verdicts/threshold-outcome.ts";
import { makeFigures, makeReuse, makeTimes } from "./make-figures.ts";

const evaluate = (text: string, load: LoadFigures, baseline: LoadFigures | null = null) => {
  const [rule] = rulesOf([text]);
  if (rule === undefined) throw new Error("no rule");
  const { verdict, observed } = evaluateThreshold(rule, load, baseline);
  return `${verdict}: ${observed}`;
};

const reuse = makeReuse();
const nothing = makeFigures({
  requests: 0,
  ...{ serviceMs: null, responseMs: null, connectMs: null },
  reuse: { connections: 0, requests: 0, ratio: 0, stale: 0, suspectedRetries: 0 },
});

describe("a threshold", () => {
  test.each([
    ["p99 < 250ms", makeFigures(), "pass: 100 ms"],
    ["p99 < 100ms", makeFigures(), "fail: 100 ms"],
    ["p99 <= 100ms", makeFigures(), "pass: 100 ms"],
    ["p50 < 10.5ms", makeFigures({ serviceMs: makeTimes({ p50: 10.4994 }) }), "pass: 10.499 ms"],
    ["response p99 < 250ms", makeFigures(), "fail: 400 ms"],
    ["connect p95 < 5ms", makeFigures(), "pass: 2 ms"],
    ["mean < 10ms", makeFigures(), "fail: 12 ms"],
    ["max < 1s", makeFigures(), "pass: 300 ms"],
    [
      "failures < 0.1%",
      makeFigures({ failures: { "stale-reuse-reset": 4, throttled: 6 } }),
      "fail: 0.1 % (10 of 10000)",
    ],
    ["failures <= 0.1%", makeFigures({ failures: { throttled: 10 } }), "pass: 0.1 % (10 of 10000)"],
    ["failures == 0", makeFigures({ failures: { throttled: 1 } }), "fail: 1 of 10000"],
    ["failures == 0", makeFigures(), "pass: 0 of 10000"],
    ["reuse > 99%", makeFigures(), "pass: 99.95 % (9995 of 10000)"],
    ["reuse > 99.99%", makeFigures(), "fail: 99.95 % (9995 of 10000)"],
    ["stale == 0", makeFigures({ reuse: { ...reuse, stale: 2 } }), "fail: 2 of 9995"],
    ["retries == 0", makeFigures({ reuse: { ...reuse, suspectedRetries: 3 } }), "fail: 3 of 9995"],
    ["dropped < 0.1%", makeFigures({ dropped: 100 }), "fail: 0.9901 % (100 of 10100)"],
    ["requests >= 10000", makeFigures(), "pass: 10000"],
  ])("%s", (rule, load, wanted) => {
    expect(evaluate(rule, load)).toBe(wanted);
  });

  test.each([
    ["p99 < 250ms", nothing, "no request was measured"],
    ["stale == 0", nothing, "no request was measured"],
    ["failures == 0", nothing, "no request was measured"],
    [
      "p99 < 250ms",
      makeFigures({ serviceMs: null, failures: { throttled: 10_000 } }),
      "no request was answered as expected",
    ],
    ["p99 < 250ms", makeFigures({ requests: 49 }), "p99 needs 50 answered requests at least, and there were 49"],
    ["p999 < 250ms", makeFigures({ requests: 499 }), "p999 needs 500 answered requests at least, and there were 499"],
    ["response p50 < 1s", makeFigures({ responseMs: null }), "no request that was answered as expected had a due time"],
    ["tls p50 < 1s", makeFigures(), "no TLS handshake was made"],
    ["failures == 0", makeFigures({ failures: null }), "the tool that made the load did not write it down"],
    ["stale == 0", makeFigures({ reuse: null }), "the tool that made the load did not write it down"],
    ["dropped == 0", makeFigures({ dropped: null }), "the tool that made the load did not write it down"],
    [
      "p999 < 1s",
      makeFigures({ serviceMs: makeTimes({ p999: null }) }),
      "the tool that made the load did not write it down",
    ],
    [
      "reuse > 1%",
      makeFigures({ reuse: { ...reuse, requests: 0, ratio: 0 } }),
      "no request could have found an open connection",
    ],
    [
      "stale == 0",
      makeFigures({ reuse: { ...reuse, ratio: 0 } }),
      "no request went out on a reused connection, so none could be stale",
    ],
    [
      "p95 < baseline * 1.1",
      makeFigures(),
      "30 ms; there is no baseline of this target to compare with (--baseline RUN)",
    ],
  ])("%s without anything to judge by is inconclusive, never a pass", (rule, load, why) => {
    expect(evaluate(rule, load)).toBe(`inconclusive: ${why}`);
  });

  test.each([
    ["p95 < baseline * 1.1", 28, "pass: 30 ms; the baseline has 28 ms, so the limit is 30.8 ms"],
    ["p95 < baseline * 1.1", 27, "fail: 30 ms; the baseline has 27 ms, so the limit is 29.7 ms"],
    ["p95 <= baseline", 30, "pass: 30 ms; the baseline has 30 ms, so the limit is 30 ms"],
  ])("%s compares with the same figure of the baseline", (rule, p95, wanted) => {
    expect(evaluate(rule, makeFigures(), makeFigures({ serviceMs: makeTimes({ p95 }) }))).toBe(wanted);
  });

  test("compares counts with a baseline of another length by their shares", () => {
    const now = makeFigures({ requests: 10_000, failures: { throttled: 12 } });
    expect(evaluate("failures <= baseline", now, makeFigures({ requests: 1000, failures: { throttled: 1 } }))).toBe(
      "fail: 0.12 % (12 of 10000); the baseline has 0.1 % (1 of 1000), so the limit is 0.1 %",
    );
  });

  test("is inconclusive against a baseline that has nothing to compare with", () => {
    expect(evaluate("p95 < baseline", makeFigures(), nothing)).toBe(
      "inconclusive: 30 ms; in the baseline, no request was measured",
    );
  });
});

describe("a load", () => {
  const judge = (rules: readonly string[], load: LoadFigures, reasons: readonly string[], timesDoubtful = false) =>
    judgeLoad(rulesOf(rules), load, null, { reasons, timesDoubtful }).map(({ verdict }) => verdict);

  test("that names no threshold is asked whether anything came back", () => {
    expect(judge([], makeFigures(), [])).toEqual(["pass"]);
    expect(judge([], makeFigures({ failures: { throttled: 10_000 }, serviceMs: null }), [])).toEqual(["fail"]);
    expect(judge([], nothing, [])).toEqual(["inconclusive"]);
  });

  test("in doubt passes nothing, and still fails what is broken", () => {
    expect(judge(["p99 < 1s", "p99 < 1ms", "stale == 0"], makeFigures(), ["the run was interrupted"])).toEqual([
      "inconclusive",
      "fail",
      "inconclusive",
    ]);
  });

  test("whose times are the generator's own fails nobody for them", () => {
    const load = makeFigures({ failures: { throttled: 1 } });
    expect(judge(["p99 < 1ms", "failures == 0"], load, ["the generator was saturated"], true)).toEqual([
      "inconclusive",
      "fail",
    ]);
  });
});

describe("a load under way", () => {
  const watch = (rule: string, durationMs = 600_000) => {
    const breaches = createBreachWatch(rulesOf([rule]), ms(durationMs));
    return (atMs: number, figures: LoadFigures, planned: number | null = 100_000) =>
      breaches.look(ms(atMs), [{ target: "orders", planned, figures, baseline: null }]);
  };
  const stale = makeFigures({ reuse: { ...reuse, stale: 1 } });
  const failing = (count: number) => makeFigures({ failures: { throttled: count } });

  test.each([
    ["stale == 0", stale],
    ["stale < 1", stale],
    ["failures <= 3", failing(4)],
    ["max < 250ms", makeFigures()],
    ["failures < 0.1%", failing(100)],
    ["failures == 0%", failing(1)],
  ])("ends at once when %s can no longer come true", (rule, figures) => {
    expect(watch(rule)(1000, figures)).toMatchObject({ target: "orders", rule });
  });

  test.each([
    ["stale == 0", makeFigures()],
    ["failures < 0.1%", failing(99)],
    ["requests > 20000", makeFigures()],
    ["requests == 20000", makeFigures()],
    ["p99 < 10ms", makeFigures()],
    ["reuse > 99.99%", makeFigures()],
  ])("goes on while %s may still come true", (rule, figures) => {
    expect(watch(rule)(1000, figures)).toBeNull();
  });

  test("ends after a limit was broken without a pause for a fifth of the duration", () => {
    const slow = makeFigures();
    const look = watch("p99 < 10ms", 300_000);
    expect(look(5_000, slow)).toBeNull();
    expect(look(64_000, slow)).toBeNull();
    expect(look(65_000, slow)).toEqual({
      target: "orders",
      rule: "p99 < 10ms",
      why: "100 ms, broken for 1 min without a pause",
    });
  });

  test("starts counting anew when the limit was kept in between", () => {
    const look = watch("p99 < 10ms", 300_000);
    look(5_000, makeFigures());
    look(40_000, makeFigures({ serviceMs: makeTimes({ p99: 5 }) }));
    expect(look(65_000, makeFigures())).toBeNull();
    expect(look(110_000, makeFigures())).toBeNull();
    expect(look(125_000, makeFigures())).not.toBeNull();
  });

  test("never waits longer for more requests than were asked for", () => {
    const look = watch("requests > 20000", 10_000);
    expect([0, 40_000, 90_000].map((atMs) => look(atMs, makeFigures()))).toEqual([null, null, null]);
  });

  test("without a planned number is forgiven a share until it is broken for long", () => {
    expect(watch("failures < 0.1%")(1000, failing(500), null)).toBeNull();
  });
});
