import { describe, expect, test } from "vitest";
import { ms, perSecond } from "#core/units.ts";
import { runEngine } from "../../support/engine.ts";
import { loadPlan, plannedTarget } from "../../support/k6.ts";
import { listenReplying, okReply } from "../../support/listen.ts";

const long = { arrival: { kind: "open", rate: perSecond(200) }, durationMs: ms(60_000) } as const;

describe("a load of the Node engine that is interrupted", () => {
  test.each([
    ["whatever answers", () => okReply()],
    ["while nobody answers", () => null],
  ])("ends within a second, %s", async (_, reply) => {
    let seen = 0;
    const { port } = await listenReplying(() => {
      seen += 1;
      return reply();
    });
    const abort = new AbortController();
    let abortedAt = 0;
    setTimeout(() => {
      abortedAt = performance.now();
      abort.abort();
    }, 1000);
    const { outcome, samples } = await runEngine(loadPlan([plannedTarget("only", port)], long), {
      signal: abort.signal,
    });
    expect(performance.now() - abortedAt).toBeLessThan(1500);
    if (outcome.kind !== "interrupted") throw new Error(JSON.stringify(outcome));
    const cutOff = outcome.facts.threads.reduce((sum, thread) => sum + thread.cutOff, 0);
    // Every request is either a sample or counted as cut off.
    expect(Math.abs(samples.length + cutOff - seen)).toBeLessThanOrEqual(1);
    expect(seen).toBeGreaterThan(50);
  });

  test("before it began sends nothing", async () => {
    const { port, accepted } = await listenReplying(() => okReply());
    const { outcome } = await runEngine(loadPlan([plannedTarget("only", port)], long), { signal: AbortSignal.abort() });
    expect(outcome.kind).toBe("not-started");
    expect(accepted).toHaveLength(0);
  });

  test("by whoever takes the samples says why", async () => {
    const { port } = await listenReplying(() => okReply());
    const { outcome } = await runEngine(loadPlan([plannedTarget("only", port)], long), {
      sink: {
        sample: () => {
          throw new Error("the disk is full");
        },
        ended: () => {},
        dropped: () => {},
        warning: () => {},
      },
    });
    expect(outcome).toMatchObject({ kind: "failed", message: "The samples could not be taken: the disk is full." });
  });

  test("by a fault of its own says so instead of hanging", async () => {
    const { port } = await listenReplying(() => okReply());
    const { outcome } = await runEngine(loadPlan([plannedTarget("only", port)], long), {
      program: "throw new Error('broken')",
    });
    expect(outcome).toEqual({ kind: "not-started", message: "A thread of the engine ended: broken." });
  });
});
