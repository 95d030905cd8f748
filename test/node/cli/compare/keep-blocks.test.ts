import { describe, expect, test } from "vitest";
import type { ComparePlan } from "#core/plan/compare-plan.ts";
import type { SavedBlock } from "#core/statistics/saved-block.ts";
import { ms, perSecond } from "#core/units.ts";
import { keepBlocks } from "#node/cli/compare/keep-blocks.ts";
import { makeSample } from "../../../core/statistics/make-sample.ts";
import { loadPlan, plannedTarget } from "../../../support/k6.ts";

/** Blocks of a second, ten requests in each, the first two of them its head; a request waits for five seconds. */
const plan: ComparePlan = {
  load: loadPlan([plannedTarget("a", 1), plannedTarget("b", 2)], {
    arrival: { kind: "open", rate: perSecond(10) },
    durationMs: ms(4000),
    blocks: { blockMs: ms(1000), headMs: ms(200), order: [0, 1, 1, 0] },
  }),
  lanes: [
    { id: "a", target: "a", use: "reused" },
    { id: "b", target: "b", use: "reused" },
  ],
  blocks: [],
};

function keeping() {
  const saved: SavedBlock[] = [];
  const blocks = keepBlocks(plan, (block) => saved.push(block));
  return {
    blocks,
    saved,
    /** The n-th of all requests. */
    answer: (n: number, target = "a") =>
      blocks.add(
        makeSample({ target, sentAtMs: ms(n * 100), responseMs: ms(10), phase: n % 10 < 2 ? "warmup" : "measured" }),
      ),
    /** Of each saved line: the block, and how many requests of it were measured. */
    lines: () => saved.map(({ block, counts }) => [block, counts["requests"]]),
  };
}

const tens = (from: number): readonly number[] => Array.from({ length: 10 }, (_, index) => from + index);

describe("the blocks of a comparison", () => {
  test("are saved once they are over and all that was due in them is known of", () => {
    const { blocks, answer, lines } = keeping();
    for (const n of tens(0)) answer(n);
    blocks.saveOver(999);
    expect(lines()).toEqual([]);
    blocks.saveOver(1001);
    blocks.saveOver(2001);
    expect(lines()).toEqual([[0, 8]]);
    blocks.closeAll(1000);
    expect(lines()).toEqual([[0, 8]]);
    expect(blocks.records).toMatchObject([{ number: 0, complete: true, counts: { requests: 8, warmup: 2 } }]);
  });

  test("wait a whole timeout for what has not been answered", () => {
    const { blocks, answer, lines } = keeping();
    for (const n of tens(0)) if (n !== 5) answer(n);
    blocks.saveOver(1000 + 5000);
    expect(lines()).toEqual([]);
    blocks.saveOver(1000 + 5000 + 3001);
    expect(lines()).toEqual([[0, 7]]);
    answer(5);
    expect(blocks.records).toMatchObject([{ number: 0, complete: true, counts: { requests: 7 } }]);
  });

  test("count what was never sent among what is known", () => {
    const { blocks, answer, saved } = keeping();
    for (const n of tens(0).slice(0, 9)) answer(n);
    blocks.drop({ target: "a", phase: "measured", count: 1, atMs: ms(900) });
    blocks.saveOver(1001);
    expect(saved).toMatchObject([{ block: 0, complete: true, counts: { requests: 7, dropped: 1, warmup: 2 } }]);
  });

  test("are saved again when something comes after all", () => {
    const { blocks, answer, lines } = keeping();
    for (const n of tens(0)) answer(n);
    blocks.saveOver(1001);
    // Sent late, and of a failed request it is not known when it was due.
    blocks.add(
      makeSample({ target: "a", sentAtMs: ms(1500), serviceMs: null, responseMs: null, failure: "tcp-reset" }),
    );
    blocks.closeAll(Number.POSITIVE_INFINITY);
    expect(lines()).toEqual([
      [0, 8],
      [0, 9],
    ]);
    expect(blocks.records).toMatchObject([{ counts: { requests: 9, failed: 1 } }]);
  });

  test("are whole up to where requests were sent, when it was interrupted", () => {
    const { blocks, answer } = keeping();
    for (const n of tens(0)) answer(n);
    for (const n of tens(10).slice(0, 4)) answer(n, "b");
    blocks.closeAll(1300);
    expect(blocks.records).toMatchObject([
      { number: 0, complete: true, counts: { requests: 8 } },
      { number: 1, complete: false, counts: { requests: 2 } },
    ]);
  });

  test("of the pilot are told as they stand", () => {
    const { blocks, answer } = keeping();
    for (const n of [...tens(0), ...tens(30)]) answer(n);
    expect(blocks.snapshot(2)).toMatchObject([{ number: 0, counts: { requests: 8 } }]);
    expect(blocks.records).toEqual([]);
  });
});
