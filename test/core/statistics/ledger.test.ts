import { describe, expect, test } from "vitest";
import type { ConnectionEnd } from "#core/statistics/connection-end.ts";
import { type LedgerFigures, ledgerFigures } from "#core/statistics/ledger-figures.ts";
import { rowFigures } from "#core/statistics/rows.ts";
import type { Sample } from "#core/statistics/sample.ts";
import { createTally, type Tally } from "#core/statistics/tally.ts";
import { ms } from "#core/units.ts";
import { makeSample } from "./make-sample.ts";

const makeEnd = (over: Partial<ConnectionEnd> = {}): ConnectionEnd => ({
  target: "orders",
  atMs: ms(2500),
  how: "fin",
  ageMs: ms(1500),
  served: 3,
  idleMs: ms(600),
  ...over,
});

function tallyOf(samples: readonly Sample[], ends: readonly ConnectionEnd[] = []): Tally {
  const tally = createTally({ warmupMs: 1000, targets: [{ id: "orders", idleTimerMs: 600 }] });
  for (const sample of samples) tally.add(sample);
  for (const end of ends) tally.end(end);
  return tally;
}

function figuresOf(samples: readonly Sample[], ends: readonly ConnectionEnd[] = []): LedgerFigures {
  const [own] = tallyOf(samples, ends).targets;
  if (own === undefined) throw new Error("no target");
  return ledgerFigures(own.ledger);
}

const stale = (idleMs: number, over: Partial<Sample> = {}): Sample =>
  makeSample({ idleMs: ms(idleMs), failure: "stale-reuse-reset", serviceMs: null, responseMs: null, ...over });

describe("the ledger of stale reuse", () => {
  test("puts each reuse under its idle time, what is at an edge above it", () => {
    const { idle } = figuresOf([9.99, 10, 99, 350_000, 400_000].map((idleMs) => makeSample({ idleMs: ms(idleMs) })));
    expect(idle.map(({ fromMs, toMs, idempotent }) => [fromMs, toMs, idempotent.requests])).toEqual([
      [0, 10, 1],
      [10, 100, 2],
      [300_000, 360_000, 1],
      [360_000, null, 1],
    ]);
  });

  test("keeps methods apart that a client may not send again", () => {
    const { all } = figuresOf([
      makeSample(),
      makeSample({ suspectedRetry: true }),
      stale(40, { idempotent: false }),
      makeSample({ idempotent: false }),
      makeSample({ idempotent: false, failure: "response-timeout" }),
    ]);
    expect(all.idempotent).toMatchObject({ requests: 2, stale: 0, suspectedRetries: 1, rate: 0.5 });
    expect(all.other).toMatchObject({ requests: 3, stale: 1, suspectedRetries: 0, rate: 0.333333 });
  });

  test("gives each rate an interval that holds it", () => {
    const samples = Array.from({ length: 1000 }, (_, index) => (index % 20 === 0 ? stale(40) : makeSample()));
    const { idempotent } = figuresOf(samples).all;
    expect(idempotent.rate).toBe(0.05);
    expect(idempotent.low).toBeCloseTo(0.0373, 3);
    expect(idempotent.high).toBeCloseTo(0.0654, 3);
  });

  test("has a row for those of which nobody knows how long they were idle", () => {
    const { idle } = figuresOf([makeSample({ idleMs: null })]);
    expect(idle).toMatchObject([{ fromMs: null, toMs: null, idempotent: { requests: 1 } }]);
  });

  test("counts no first request of a connection, and nothing of the warm-up", () => {
    const { all, connections } = figuresOf([
      makeSample({ reusedSocket: false, couldReuse: false, connectMs: ms(1), idleMs: null }),
      makeSample({ phase: "warmup" }),
      makeSample({ phase: "warmup", reusedSocket: false, couldReuse: false, connectMs: ms(1), idleMs: null }),
    ]);
    expect(all.idempotent.requests).toBe(0);
    expect(all.idempotent.rate).toBeNull();
    // But that connection lives on in what is measured.
    expect(connections.born).toBe(2);
  });

  test("looks closely at both sides of the timer", () => {
    const { window } = figuresOf(
      [595, 598, 602, 610, 650].map((idleMs) => (idleMs > 600 ? stale(idleMs) : makeSample({ idleMs: ms(idleMs) }))),
      [makeEnd({ idleMs: ms(601) })],
    );
    expect(window?.timerMs).toBe(600);
    const rows = window?.rows.map(({ fromMs, toMs, idempotent, ended }) => [
      [fromMs, toMs],
      idempotent.requests,
      idempotent.stale,
      ended,
    ]);
    expect(rows).toEqual([
      [[590, 597], 1, 0, 0],
      [[597, 603], 2, 1, 1],
      [[610, 630], 1, 1, 0],
      [[630, 700], 1, 1, 0],
    ]);
  });

  test("tells how connections ended, how old they were, and how much they had served", () => {
    const { connections } = figuresOf(
      [],
      [
        makeEnd({ served: 1, ageMs: ms(100) }),
        makeEnd({ how: "rst", served: 5, ageMs: ms(300), idleMs: null }),
        makeEnd({ how: "retired", served: 6, ageMs: ms(200), idleMs: null }),
        makeEnd({ how: "open", served: 100, ageMs: ms(90_000), idleMs: null }),
      ],
    );
    expect(connections).toMatchObject({
      ends: { fin: 1, rst: 1, retired: 1, open: 1 },
      // An age that was still growing is none.
      ageMs: { max: 300, p50: expect.closeTo(200, 0) },
      servedMean: 28,
      servedMost: 100,
      served: [
        { from: 1, to: 1, connections: 1 },
        { from: 4, to: 7, connections: 2 },
        { from: 64, to: 127, connections: 1 },
      ],
    });
  });

  test("tells the second in which connections ended, but not of the end of the load", () => {
    const ends = [
      makeEnd({ atMs: ms(500) }),
      makeEnd({ atMs: ms(2500) }),
      makeEnd({ atMs: ms(2600), how: "rst" }),
      makeEnd({ atMs: ms(2700), how: "open" }),
    ];
    const [own] = tallyOf([makeSample()], ends).targets;
    expect(own && rowFigures(own.rows)).toMatchObject([
      { second: 0, requests: 1 },
      { second: 1, ends: { fin: 1, rst: 1 } },
    ]);
  });
});
