import { describe, expect, test } from "vitest";
import { blockNumberAt } from "#core/plan/block-order.ts";
import type { Sample } from "#core/statistics/sample.ts";
import { ms, perSecond } from "#core/units.ts";
import { runEngine } from "../../support/engine.ts";
import { loadPlan, plannedTarget } from "../../support/k6.ts";
import { listenReplying, okReply } from "../../support/listen.ts";

const blocks = { blockMs: ms(200), headMs: ms(50), order: [0, 1, 1, 0, 0, 1] };

/** When it was due; of a failed request when it was sent. */
const dueAt = ({ sentAtMs, serviceMs, responseMs }: Sample): number =>
  responseMs === null || serviceMs === null ? sentAtMs : sentAtMs + serviceMs - responseMs;

async function runInBlocks(threads: number, cold: boolean) {
  const heads: string[][] = [[], []];
  const servers = await Promise.all(
    [0, 1].map((which) =>
      listenReplying((head) => {
        heads[which]?.push(head);
        return okReply();
      }),
    ),
  );
  const targets = servers.map(({ port }, which) =>
    plannedTarget(`t${which}`, port, { connection: { requestsMax: cold && which === 1 ? 1 : null, ageMsMax: null } }),
  );
  const seen = await runEngine(
    loadPlan(targets, { arrival: { kind: "open", rate: perSecond(100) }, durationMs: ms(1200), blocks }),
    { threads },
  );
  return { ...seen, heads };
}

describe("blocks of the Node engine", () => {
  test.each([1, 3])("send to one target at a time, at the full rate, with %i threads", async (threads) => {
    const { outcome, samples } = await runInBlocks(threads, false);
    expect(outcome).toMatchObject({ kind: "finished", facts: { samples: 120, dropped: 0 } });
    for (const sample of samples)
      expect(`t${blocks.order[blockNumberAt(blocks, dueAt(sample))]}`, `due ${dueAt(sample)}`).toBe(sample.target);
    for (let block = 0; block < blocks.order.length; block++) {
      const own = samples.filter((sample) => blockNumberAt(blocks, dueAt(sample)) === block);
      expect(own).toHaveLength(20);
      expect(own.filter(({ phase }) => phase === "warmup")).toHaveLength(5);
    }
  });

  test("begin on connections of their own and keep them to the end", async () => {
    const { samples } = await runInBlocks(1, false);
    const opened = samples.filter(({ connectMs }) => connectMs !== null);
    const perBlock = blocks.order.map(
      (_, block) => opened.filter((sample) => blockNumberAt(blocks, dueAt(sample)) === block).length,
    );
    // Half of the head's five requests open one each. A busy machine may need more; a client that keeps none would need twenty.
    for (const count of perBlock) {
      expect(count).toBeGreaterThanOrEqual(2);
      expect(count).toBeLessThan(9);
    }
  });

  test("of cold connections open one for each request, and ask for its end", async () => {
    const { samples, heads } = await runInBlocks(1, true);
    const cold = samples.filter(({ target }) => target === "t1");
    expect(cold).toHaveLength(60);
    expect(
      cold.every(({ connectMs, reusedSocket, failure }) => connectMs !== null && !reusedSocket && failure === null),
    ).toBe(true);
    expect(heads[1]?.every((head) => /\r\nconnection: close\r\n/i.test(head))).toBe(true);
    expect(heads[0]?.some((head) => /\r\nconnection: close\r\n/i.test(head))).toBe(false);
  });
});
