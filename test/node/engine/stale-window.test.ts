import { describe, expect, test } from "vitest";
import { windowGapMs } from "#core/scenarios/window-gap.ts";
import { type IdleRow, ledgerFigures } from "#core/statistics/ledger-figures.ts";
import { createTally } from "#core/statistics/tally.ts";
import { ms } from "#core/units.ts";
import { type EngineSeen, runEngine } from "../../support/engine.ts";
import { loadPlan, plannedTarget } from "../../support/k6.ts";
import { listenReplying, okReply } from "../../support/listen.ts";

const timerMs = 300;

function windowOf(plan: ReturnType<typeof loadPlan>, { samples, ended }: EngineSeen): readonly IdleRow[] {
  const tally = createTally(plan);
  for (const sample of samples) tally.add(sample);
  for (const end of ended) tally.end(end);
  const [own] = tally.targets;
  return own === undefined ? [] : (ledgerFigures(own.ledger).window?.rows ?? []);
}

const sum = (rows: readonly IdleRow[], of: (row: IdleRow) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);
const requests = ({ idempotent, other }: IdleRow): number => idempotent.requests + other.requests;
const stale = ({ idempotent, other }: IdleRow): number => idempotent.stale + other.stale;

const plan = (port: number) =>
  loadPlan([plannedTarget("only", port, { idleTimerMs: ms(timerMs) })], {
    scenario: "stale-window",
    arrival: { kind: "closed", connections: 12 },
    durationMs: ms(4000),
  });

describe("the window around an idle timer", () => {
  test("is covered on both sides, finely near the timer and widely far from it", () => {
    const gaps = Array.from({ length: 400 }, (_, n) => windowGapMs(60_000, n) - 60_000);
    for (const [from, to] of [
      [1, 10],
      [10, 100],
      [100, 3000],
    ] as const) {
      expect(gaps.filter((gap) => gap >= from && gap < to).length).toBeGreaterThan(40);
      expect(gaps.filter((gap) => -gap >= from && -gap < to).length).toBeGreaterThan(40);
    }
    expect(Math.min(...Array.from({ length: 400 }, (_, n) => windowGapMs(300, n)))).toBeGreaterThanOrEqual(0);
  });

  test("shows a peer that resets what comes too late where its timer lies", { timeout: 30_000 }, async () => {
    const lastAt = new WeakMap<object, number>();
    const { port } = await listenReplying((_request, socket, onSocket) => {
      const now = performance.now();
      const idleMs = now - (lastAt.get(socket) ?? now);
      lastAt.set(socket, now);
      if (onSocket === 1 || idleMs < timerMs) return okReply();
      socket.resetAndDestroy();
      return null;
    });
    const rows = windowOf(plan(port), await runEngine(plan(port)));
    const before = rows.filter(({ toMs }) => (toMs ?? 0) <= timerMs - 10);
    const after = rows.filter(({ fromMs }) => (fromMs ?? 0) >= timerMs + 10);
    expect(sum(before, requests)).toBeGreaterThan(10);
    expect(sum(before, stale)).toBe(0);
    expect(sum(after, requests)).toBeGreaterThan(10);
    expect(sum(after, stale)).toBe(sum(after, requests));
    expect(sum(rows, ({ ended }) => ended)).toBe(0);
  });

  test("tells a peer that forgets what comes too late from one that is slow", { timeout: 30_000 }, async () => {
    // Idle gaps of a second and more are those that a middlebox forgets; one connection answers while another waits in vain.
    const lastAt = new WeakMap<object, number>();
    const { port } = await listenReplying((_request, socket) => {
      const now = performance.now();
      const idleMs = now - (lastAt.get(socket) ?? now);
      lastAt.set(socket, now);
      return idleMs < 1200 ? okReply() : null;
    });
    const target = plannedTarget("only", port, { idleTimerMs: ms(1200), timeoutMs: ms(1500) });
    const silent = loadPlan([target], {
      scenario: "stale-window",
      arrival: { kind: "closed", connections: 12 },
      durationMs: ms(4500),
    });
    const { samples } = await runEngine(silent);
    const failed = samples.filter(({ failure }) => failure !== null);
    expect(failed.length).toBeGreaterThan(3);
    expect(failed.every(({ idleMs }) => idleMs !== null && idleMs > 1150)).toBe(true);
    expect(failed.filter(({ failure }) => failure === "stale-reuse-silent").length).toBeGreaterThan(0);
  });

  test("shows a peer that closes in time as connections that ended, and no request lost to it far from the timer", {
    timeout: 30_000,
  }, async () => {
    const timers = new WeakMap<object, NodeJS.Timeout>();
    const { port } = await listenReplying((_request, socket) => {
      clearTimeout(timers.get(socket));
      timers.set(
        socket,
        setTimeout(() => socket.end(), timerMs),
      );
      return okReply();
    });
    const rows = windowOf(plan(port), await runEngine(plan(port)));
    const ended = sum(rows, (row) => row.ended);
    expect(ended).toBeGreaterThan(10);
    // None ended long before its time; a busy machine may be late to see it.
    expect(
      sum(
        rows.filter(({ toMs }) => (toMs ?? 0) <= timerMs - 10),
        (row) => row.ended + stale(row),
      ),
    ).toBe(0);
  });
});
