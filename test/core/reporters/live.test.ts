import { expect, test } from "vitest";
import { type LiveView, renderLive, renderLiveLine } from "#core/reporters/live.ts";

const plain = (text: string): string => text;
const paint = {
  bold: plain,
  dim: (text: string) => text.replaceAll("━", "─"),
  red: plain,
  green: plain,
  yellow: plain,
  cyan: plain,
};

const view: LiveView = {
  load: "steady",
  engine: "k6",
  phase: "measuring",
  elapsedMs: 75_000,
  totalMs: 300_000,
  rateAsked: 200,
  targets: [
    {
      ...{ id: "orders-lattice", rateGot: 199.96, p50Ms: 4.2, p99Ms: 31.25 },
      ...{ failures: 0, requests: 15_000, dropped: 0, reuse: 0.9997 },
    },
    {
      ...{ id: "alb", rateGot: 150, p50Ms: 310, p99Ms: 12_400 },
      ...{ failures: 12, requests: 11_250, dropped: 3, reuse: null },
    },
  ],
};

test("the live block has a bar and a line a target", () => {
  expect(renderLive(view, { paint, columns: 120 })).toEqual([
    "  ━━━━━━────────────────── steady measuring, 1m 15s of 5m 00s, 3m 45s to go",
    "  orders-lattice  200 of 200/s  p50 4.2 ms  p99 31.3 ms  none failed  reuse 99.97%",
    "  alb             150 of 200/s  p50 310 ms  p99 12.4 s  12 failed (0.11%)  3 never sent",
  ]);
});

test("the live block is never wider than the terminal, nor fooled by a name", () => {
  const hostile = {
    ...view,
    targets: view.targets.map((target) => ({ ...target, id: `${"x".repeat(60)}\u001b[31m` })),
  };
  for (const line of renderLive(hostile, { paint, columns: 50 })) {
    expect(line.length).toBeLessThan(50);
    expect(line).not.toContain("\u001b");
  }
});

test("the live block stays low enough to be redrawn", () => {
  const many = { ...view, targets: Array.from({ length: 40 }, () => view.targets).flat() };
  const lines = renderLive(many, { paint, columns: 120 });
  expect(lines).toHaveLength(18);
  expect(lines.at(-1)).toBe("  and 64 more");
});

test("without a terminal it is one line", () => {
  expect(renderLiveLine(view)).toBe(
    "steady measuring, 1m 15s of 5m 00s, 3m 45s to go | orders-lattice 200 of 200/s  p50 4.2 ms  p99 31.3 ms  none failed  reuse 99.97% | alb 150 of 200/s  p50 310 ms  p99 12.4 s  12 failed (0.11%)  3 never sent",
  );
});

test("before the first request there is only the time to come", () => {
  const starting: LiveView = {
    ...{ ...view, phase: "starting", elapsedMs: 0, rateAsked: null },
    targets: [{ id: "alb", rateGot: 0, p50Ms: null, p99Ms: null, failures: 0, requests: 0, dropped: 0, reuse: null }],
  };
  expect(renderLive(starting, { paint, columns: 120 })).toEqual([
    "  ──────────────────────── steady starting, 5m 00s to go",
    "  alb  0/s  p50 –  p99 –  none failed",
  ]);
});
