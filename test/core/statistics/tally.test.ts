import { deflateSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ConnectionEnd, connectionEnds } from "#core/statistics/connection-end.ts";
import { reusesIn } from "#core/statistics/ledger-figures.ts";
import type { Packing } from "#core/statistics/packing.ts";
import { rowFigures } from "#core/statistics/rows.ts";
import type { Sample } from "#core/statistics/sample.ts";
import { addSavedTally, saveTally } from "#core/statistics/saved-tally.ts";
import { createTally, type Tally } from "#core/statistics/tally.ts";
import type { TargetTally } from "#core/statistics/target-tally.ts";
import { timeNames } from "#core/statistics/target-tally.ts";
import { ms } from "#core/units.ts";
import { makeSample } from "./make-sample.ts";

const plan = { warmupMs: 1000, targets: [{ id: "orders", idleTimerMs: 600 }, { id: "stock" }] };

type Event = Sample | ConnectionEnd;
const tallyOf = (events: readonly Event[]): Tally => {
  const tally = createTally(plan);
  for (const event of events) {
    if ("how" in event) tally.end(event);
    else tally.add(event);
  }
  return tally;
};
const first = (tally: Tally): TargetTally => {
  const [own] = tally.targets;
  if (own === undefined) throw new Error("no target");
  return own;
};

const packing: Packing = {
  pack: (bytes) => deflateSync(bytes).toString("base64"),
  unpack: (text) => inflateSync(Buffer.from(text, "base64")),
};

const duration = fc.double({ min: 0.001, max: 40_000, noNaN: true }).map(ms);
const samples = fc.array(
  fc.record({
    target: fc.constantFrom("orders", "stock", "nobody"),
    sentAtMs: fc.double({ min: 0, max: 9_000_000, noNaN: true }).map(ms),
    phase: fc.constantFrom("warmup" as const, "measured" as const),
    serviceMs: fc.option(duration),
    responseMs: fc.option(duration),
    connectMs: fc.option(duration),
    tlsMs: fc.option(duration),
    reusedSocket: fc.boolean(),
    idleMs: fc.option(duration),
    idempotent: fc.boolean(),
    couldReuse: fc.boolean(),
    suspectedRetry: fc.boolean(),
    failure: fc.constantFrom(null, null, "stale-reuse-reset", "response-timeout"),
  }),
  { maxLength: 60 },
);

const ends = fc.array(
  fc.record({
    target: fc.constantFrom("orders", "stock", "nobody"),
    atMs: fc.double({ min: 0, max: 9_000_000, noNaN: true }).map(ms),
    how: fc.constantFrom(...connectionEnds),
    ageMs: duration,
    served: fc.nat(5000),
    idleMs: fc.option(duration),
  }),
  { maxLength: 20 },
);
const events = fc.tuple(samples, ends).map((both): readonly Event[] => both.flat());

/** Everything a tally holds, but the mean, which is summed in another order. */
const contents = (tally: Tally) =>
  tally.targets.map(({ target, counts, failures, times, rows, ledger }) => ({
    target,
    counts: { ...counts },
    failures: [...failures].sort(),
    times: timeNames.map((name) => [name, times[name].count, times[name].max(), [...times[name].slots()]]),
    width: rows.widthSeconds,
    rows: rowFigures(rows),
    ledger: { ...ledger, ages: [ledger.ages.count, ledger.ages.max(), [...ledger.ages.slots()]] },
  }));

const means = (tally: Tally) => tally.targets.flatMap(({ times }) => timeNames.map((name) => times[name].mean() ?? -1));

function expectClose(got: readonly number[], wanted: readonly number[]): void {
  expect(got).toEqual(wanted.map((value) => expect.closeTo(value, 6)));
}

describe("a tally", () => {
  test("of shards merged is the tally of the whole", () => {
    fc.assert(
      fc.property(events, events, events, (a, b, c) => {
        const merged = tallyOf(a);
        merged.merge(tallyOf(b));
        merged.merge(tallyOf(c));
        const whole = tallyOf([...a, ...b, ...c]);
        expect(contents(merged)).toEqual(contents(whole));
        expectClose(means(merged), means(whole));
      }),
    );
  });

  test("saved piece by piece and read again is the tally of the whole", () => {
    fc.assert(
      fc.property(events, events, (a, b) => {
        const read = createTally(plan);
        for (const piece of [a, b])
          for (const line of saveTally(tallyOf(piece), packing))
            expect(addSavedTally(read, JSON.parse(JSON.stringify(line)), packing)).toBeNull();
        const whole = tallyOf([...a, ...b]);
        expect(contents(read)).toEqual(contents(whole));
        expectClose(means(read), means(whole));
      }),
    );
  });

  test("never lets a failed exchange into a latency, whatever times it bears", () => {
    fc.assert(
      fc.property(samples, (some) => {
        const failed = some.map((sample) => ({ ...sample, failure: "response-truncated" }));
        for (const { times, rows } of tallyOf(failed).targets) {
          expect(timeNames.map((name) => times[name].count)).toEqual([0, 0, 0, 0, 0]);
          expect(rowFigures(rows).every(({ p50, p99, max }) => p50 === null && p99 === null && max === null)).toBe(
            true,
          );
        }
      }),
    );
  });

  test("counts nothing of the warm-up but the connections it opened", () => {
    const own = first(
      tallyOf([
        makeSample({ phase: "warmup", connectMs: ms(1), reusedSocket: false, couldReuse: false }),
        makeSample({ phase: "warmup", failure: "response-timeout" }),
        makeSample(),
      ]),
    );
    expect(own.counts).toMatchObject({ requests: 1, failed: 0, warmup: 2, connections: 1, perfect: 1, couldReuse: 1 });
    expect(own.times.service.count).toBe(1);
    expect(own.failures.size).toBe(0);
  });

  test("tells connections that keep-alive could have saved from those it could not", () => {
    const own = first(
      tallyOf([
        makeSample({ connectMs: ms(1), reusedSocket: false, couldReuse: false }),
        makeSample(),
        makeSample({ connectMs: ms(1), reusedSocket: false, couldReuse: true }),
        makeSample({ failure: "stale-reuse-reset" }),
        makeSample({ suspectedRetry: true }),
      ]),
    );
    expect(own.counts).toMatchObject({
      ...{ connections: 2, perfect: 1, couldReuse: 4, didReuse: 3, onReused: 3, stale: 1, suspectedRetries: 1 },
    });
  });

  test("keeps the time from due to sent apart, on open connections only", () => {
    const own = first(
      tallyOf([
        makeSample({ serviceMs: ms(10), responseMs: ms(12.5) }),
        makeSample({ serviceMs: ms(10), responseMs: ms(90), connectMs: ms(80), reusedSocket: false }),
        makeSample({ responseMs: null }),
      ]),
    );
    expect(own.times.late.count).toBe(1);
    expect(own.times.late.max()).toBeCloseTo(2.5);
  });

  test("counts what was dropped where it is known, and everywhere where it is not", () => {
    const tally = createTally(plan);
    tally.drop("stock", "measured", 3);
    tally.drop(null, "measured", 2);
    tally.drop("stock", "warmup", 100);
    expect(tally.targets.map(({ counts }) => counts.dropped)).toEqual([2, 5]);
  });

  test("puts each request into the second it was sent in, since measuring began", () => {
    const at = (sentAtMs: number, serviceMs: number) =>
      makeSample({ sentAtMs: ms(sentAtMs), serviceMs: ms(serviceMs) });
    const { rows } = first(tallyOf([at(999.9, 1), at(1500, 3), at(4000, 100), at(4999, 200)]));
    expect(rowFigures(rows)).toEqual([
      { second: 0, requests: 2, failures: 0, connections: 0, p50: expect.closeTo(1, 1), p99: 3, max: 3 },
      { second: 1, requests: 0, failures: 0, connections: 0, p50: null, p99: null, max: null },
      { second: 2, requests: 0, failures: 0, connections: 0, p50: null, p99: null, max: null },
      { second: 3, requests: 2, failures: 0, connections: 0, p50: expect.closeTo(100, 0), p99: 200, max: 200 },
    ]);
  });

  test("keeps an hour in seconds and a longer load in wider rows, without losing a request", () => {
    const tally = createTally(plan);
    for (let second = 0; second < 10_000; second++)
      tally.add(makeSample({ sentAtMs: ms(1000 + second * 1000), serviceMs: ms(second % 2 === 0 ? 10 : 1000) }));
    const { rows } = first(tally);
    const figures = rowFigures(rows);
    expect(rows.widthSeconds).toBe(4);
    expect(figures).toHaveLength(2500);
    expect(figures.every(({ requests, max }) => requests === 4 && max === 1000)).toBe(true);
    // Half of each row took 10 ms, half a second: an average of medians would be neither.
    expect(figures.every(({ p50 }) => p50 !== null && Math.abs(p50 - 10) < 0.1)).toBe(true);
  });

  test("reads what was saved before there was a ledger, and does not take its silence for none", () => {
    const read = createTally(plan);
    for (const { ledger: _, ...line } of saveTally(tallyOf([makeSample(), makeSample()]), packing))
      expect(addSavedTally(read, { ...line, rows: line.rows.map((row) => row.slice(0, 6)) }, packing)).toBeNull();
    const own = first(read);
    expect(own.counts.onReused).toBe(2);
    // By this the report knows to leave it out.
    expect(reusesIn(own.ledger)).toBe(0);
    expect(rowFigures(own.rows)).toMatchObject([{ requests: 2 }]);
  });

  test.each([
    ["nothing", null],
    ["another line", { line: "end" }],
    ["a target of another load", { line: "tally", target: "nobody", counts: {}, failures: {}, times: {}, rows: [] }],
    [
      "a negative count",
      { line: "tally", target: "orders", counts: { requests: -1 }, failures: {}, times: {}, rows: [] },
    ],
    [
      "a row of a year hence",
      { line: "tally", target: "orders", counts: {}, failures: {}, times: {}, rows: [[4e7, 1, 0, 0, null, []]] },
    ],
    [
      "a histogram that is none",
      {
        ...{ line: "tally", target: "orders", counts: {}, failures: {}, rows: [] },
        times: { service: { hdr: packing.pack(new Uint8Array(60)), meanMs: 1, minMs: 1, maxMs: 1 } },
      },
    ],
  ])("refuses %s as a saved line, and adds nothing of it", (_, line) => {
    const tally = createTally(plan);
    expect(addSavedTally(tally, line, packing)).toEqual(expect.any(String));
    expect(contents(tally)).toEqual(contents(createTally(plan)));
  });
});
