import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Block, blockAt, interleave, roundsIn, roundsMs } from "#core/plan/interleave.ts";
import { ms } from "#core/units.ts";

const designs = fc.record({
  targets: fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }),
  rounds: fc.integer({ min: 1, max: 12 }),
  blockMs: fc.integer({ min: 2, max: 10_000 }).map(ms),
  headMs: fc.integer({ min: 0, max: 1 }).map(ms),
  connections: fc.constantFrom(["reused"] as const, ["cold"] as const, ["reused", "cold"] as const),
  seed: fc.nat(),
});
const roundsOf = (blocks: readonly Block[]): ReadonlyMap<number, readonly Block[]> =>
  blocks.reduce(
    (byRound, block) => byRound.set(block.round, [...(byRound.get(block.round) ?? []), block]),
    new Map<number, readonly Block[]>(),
  );

describe("interleaved blocks", () => {
  test("every round holds one block of each target and use, so that all get the same load", () => {
    fc.assert(
      fc.property(designs, (design) => {
        const { targets, rounds, connections } = design;
        const wanted = targets.flatMap((target) => connections.map((use) => JSON.stringify([target, use]))).sort();
        const byRound = roundsOf(interleave(design));
        expect(byRound.size).toBe(rounds);
        for (const blocks of byRound.values())
          expect(blocks.map(({ target, connections }) => JSON.stringify([target, connections])).sort()).toEqual(wanted);
      }),
    );
  });

  test("blocks follow each other without a gap, a round as a whole, and one use of connections as a whole", () => {
    fc.assert(
      fc.property(designs, (design) => {
        const blocks = interleave(design);
        const { targets, connections, blockMs } = design;
        blocks.forEach((block, index) => {
          expect(block.startMs).toBe(index * blockMs);
          expect(block.lengthMs).toBe(blockMs);
          expect(block.round).toBe(Math.floor(index / (targets.length * connections.length)));
          const stretch = blocks.slice(index - (index % targets.length)).slice(0, targets.length);
          expect(new Set(stretch.map((one) => one.connections)).size).toBe(1);
        });
      }),
    );
  });

  test("the blocks of one round are never further apart than the targets are many", () => {
    const blocks = interleave({ targets: ["a", "b", "c"], rounds: 100, blockMs: ms(10), seed: 3 });
    for (const one of roundsOf(blocks).values())
      expect(Math.max(...one.map(({ startMs }) => startMs)) - Math.min(...one.map(({ startMs }) => startMs))).toBe(20);
  });

  test("a seed repeats the design, and another gives another", () => {
    const design = { targets: ["a", "b", "c"], rounds: 20, blockMs: ms(1000), seed: 42 };
    expect(interleave(design)).toEqual(interleave(design));
    expect(interleave(design)).not.toEqual(interleave({ ...design, seed: 43 }));
  });

  test("each target comes first about as often as the others, and no order of them is fixed", () => {
    const byRound = roundsOf(interleave({ targets: ["a", "b"], rounds: 1000, blockMs: ms(1), seed: 5 }));
    const orders = [...byRound.values()].map((blocks) => blocks.map(({ target }) => target).join(""));
    const first = orders.filter((order) => order === "ab").length;
    // Five standard deviations of a fair coin thrown a thousand times.
    expect(Math.abs(first - 500)).toBeLessThan(80);
    const changes = orders.filter((order, index) => order !== orders[index - 1]).length;
    expect(Math.abs(changes - 500)).toBeLessThan(80);
  });

  test("a moment belongs to one block, or to none; the head of a block is told apart", () => {
    const design = { targets: ["a", "b"], rounds: 2, blockMs: ms(1000), headMs: ms(200), seed: 1 };
    const blocks = interleave(design);
    expect(blockAt(blocks, ms(-1))).toBeNull();
    expect(blockAt(blocks, ms(0))).toEqual({ block: blocks[0], inHead: true });
    expect(blockAt(blocks, ms(200))).toEqual({ block: blocks[0], inHead: false });
    expect(blockAt(blocks, ms(999.9))).toEqual({ block: blocks[0], inHead: false });
    expect(blockAt(blocks, ms(3199))).toEqual({ block: blocks[3], inHead: true });
    expect(blockAt(blocks, ms(4000))).toBeNull();
    expect(blockAt([], ms(0))).toBeNull();
  });

  test("rounds take as long as their blocks, and a duration holds the whole ones", () => {
    const shape = { targets: ["a", "b", "c"], blockMs: ms(5000), connections: ["reused", "cold"] as const };
    expect(roundsMs(20, shape)).toBe(600_000);
    expect(roundsIn(ms(600_000), shape)).toBe(20);
    expect(roundsIn(ms(599_999), shape)).toBe(19);
    const last = interleave({ ...shape, rounds: 20, seed: 1 }).at(-1);
    expect((last?.startMs ?? 0) + (last?.lengthMs ?? 0)).toBe(600_000);
  });

  test.each([
    ["no targets", { targets: [] }],
    ["a target twice", { targets: ["a", "a"] }],
    ["no rounds", { rounds: 0 }],
    ["half a round", { rounds: 1.5 }],
    ["a head that leaves nothing", { headMs: ms(1000) }],
    ["a use of connections twice", { connections: ["cold", "cold"] as const }],
    ["no use of connections", { connections: [] }],
  ])("%s is refused", (_, over) => {
    expect(() => interleave({ targets: ["a", "b"], rounds: 3, blockMs: ms(1000), seed: 1, ...over })).toThrow(
      RangeError,
    );
  });
});
