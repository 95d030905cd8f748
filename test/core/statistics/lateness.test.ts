import { describe, expect, test } from "vitest";
import type { Sample } from "#core/statistics/sample.ts";
import { createTally } from "#core/statistics/tally.ts";
import { ms } from "#core/units.ts";

const sample = (over: Partial<Sample>): Sample => ({
  target: "only",
  sentAtMs: ms(10),
  phase: "measured",
  serviceMs: ms(5),
  responseMs: ms(405),
  connectMs: null,
  tlsMs: null,
  reusedSocket: true,
  idleMs: null,
  idempotent: true,
  couldReuse: true,
  suspectedRetry: false,
  failure: null,
  ...over,
});

const lateOf = (over: Partial<Sample>): readonly [count: number, most: number | null] => {
  const tally = createTally({ warmupMs: 0, targets: [{ id: "only" }] });
  tally.add(sample(over));
  const late = tally.targets[0]?.times.late;
  return [late?.count ?? 0, late?.max() ?? null];
};

describe("the generator's own lateness", () => {
  test("is what the engine says it is, though the request waited longer for a connection", () => {
    expect(lateOf({ lateMs: ms(0.25) })).toEqual([1, 0.25]);
    expect(lateOf({ lateMs: ms(3), reusedSocket: false, connectMs: ms(1) })).toEqual([1, 3]);
  });

  test("is nothing where nothing is due", () => {
    expect(lateOf({ lateMs: null, responseMs: null })).toEqual([0, null]);
  });

  test("is reckoned from the other times where the engine cannot tell", () => {
    expect(lateOf({})).toEqual([1, 400]);
    expect(lateOf({ reusedSocket: false, connectMs: ms(1) })).toEqual([0, null]);
  });
});
