import { describe, expect, test } from "vitest";
import { createHistogram } from "#core/statistics/histogram.ts";
import type { Sample } from "#core/statistics/sample.ts";
import { type Ms, ms, perSecond } from "#core/units.ts";
import { runEngine } from "../../support/engine.ts";
import { loadPlan, plannedTarget } from "../../support/k6.ts";
import { listenHttp, listenReplying, okReply } from "../../support/listen.ts";

const open = (rate: number) => ({ kind: "open", rate: perSecond(rate) }) as const;

const quantile = (samples: readonly Sample[], of: (sample: Sample) => Ms | null, q: number): number => {
  const histogram = createHistogram();
  for (const sample of samples) {
    const value = of(sample);
    if (value !== null) histogram.record(value);
  }
  return histogram.quantile(q) ?? Number.NaN;
};

describe("an open loop of the Node engine", () => {
  test("sends every request that is due, once, and hands over a sample for each", async () => {
    let seen = 0;
    const { port } = await listenReplying(() => {
      seen += 1;
      return okReply();
    });
    const began = performance.now();
    const { outcome, samples, dropped } = await runEngine(
      loadPlan([plannedTarget("only", port)], { arrival: open(300), durationMs: ms(2000) }),
    );
    expect(outcome).toMatchObject({ kind: "finished", facts: { samples: 600, dropped: 0 } });
    expect(performance.now() - began).toBeGreaterThan(1950);
    expect(performance.now() - began).toBeLessThan(8000);
    expect(samples).toHaveLength(600);
    expect(seen).toBe(600);
    expect(dropped).toBe(0);
    expect(
      samples.every(({ failure, target, phase }) => failure === null && target === "only" && phase === "measured"),
    ).toBe(true);
    const opened = samples.filter(({ connectMs }) => connectMs !== null);
    expect(opened.length).toBeGreaterThanOrEqual(1);
    expect(samples.filter(({ reusedSocket }) => reusedSocket)).toHaveLength(600 - opened.length);
    expect(samples.filter(({ couldReuse }) => !couldReuse)).toHaveLength(opened.length);
    for (const { serviceMs, responseMs, lateMs } of samples) {
      expect(serviceMs).toBeGreaterThan(0);
      expect(responseMs ?? 0).toBeGreaterThanOrEqual(serviceMs ?? 0);
      expect(lateMs).toBeGreaterThanOrEqual(0);
    }
    // In every half second, as many as are due in it, but for what a busy machine is late.
    for (const from of [0, 500, 1000, 1500]) {
      const sent = samples.filter(({ sentAtMs }) => sentAtMs >= from && sentAtMs < from + 500).length;
      expect(Math.abs(sent - 150), `from ${from} ms: ${sent}`).toBeLessThan(60);
    }
  });

  test("tells the warm-up from what is measured by when a request was due", async () => {
    const { port } = await listenReplying(() => okReply());
    const { samples } = await runEngine(
      loadPlan([plannedTarget("only", port)], { arrival: open(100), warmupMs: ms(500), durationMs: ms(1000) }),
    );
    expect(samples.filter(({ phase }) => phase === "warmup")).toHaveLength(50);
    expect(samples.filter(({ phase }) => phase === "measured")).toHaveLength(100);
  });

  test("gives each target all of the rate, whatever the number of threads, each request to one of them", async () => {
    const asked: string[] = [];
    const { port } = await listenReplying((request) => {
      asked.push(request.split(" ")[1] ?? "");
      return okReply();
    });
    const of = (id: string) => {
      const [request] = plannedTarget(id, port).requests;
      if (request === undefined) throw new Error("no request");
      return plannedTarget(id, port, { requests: [1, 2].map((n) => ({ ...request, path: `/${id}/${n}` })) });
    };
    const { outcome, samples } = await runEngine(
      loadPlan([of("a"), of("b"), of("c")], { arrival: open(101), durationMs: ms(1000) }),
      { threads: 2 },
    );
    expect(outcome).toMatchObject({ kind: "finished", facts: { samples: 303 } });
    for (const id of ["a", "b", "c"]) expect(samples.filter(({ target }) => target === id)).toHaveLength(101);
    for (const id of ["a", "b", "c"]) expect(asked.filter((path) => path === `/${id}/1`)).toHaveLength(51);
    expect(outcome).toMatchObject({ facts: { threads: [{ cutOff: 0 }, { cutOff: 0 }] } });
  });

  test("measures a constant delay as what it is", async () => {
    const { port } = await listenHttp((_request, response) => {
      setTimeout(() => response.end("hello"), 30);
    });
    const { samples } = await runEngine(
      loadPlan([plannedTarget("only", port)], { arrival: open(100), durationMs: ms(2000) }),
    );
    expect(samples.every(({ serviceMs }) => (serviceMs ?? 0) >= 29)).toBe(true);
    expect(quantile(samples, ({ serviceMs }) => serviceMs, 0.5)).toBeLessThan(45);
  });

  // Again where the machine itself stalled: that counts as well, and rightly.
  test("counts a stall against every request that was due in it, and not as the engine's own delay", {
    retry: 2,
  }, async () => {
    let began = Number.NaN;
    // From 2 to 3 s nothing is answered.
    const { port } = await listenReplying((_request, socket) => {
      if (Number.isNaN(began)) began = performance.now();
      const at = performance.now() - began;
      if (at < 2000 || at >= 3000) return okReply();
      setTimeout(() => socket.write(okReply()), 3000 - at);
      return null;
    });
    const plan = loadPlan([plannedTarget("only", port)], { arrival: open(200), durationMs: ms(5000) });
    const { samples, outcome } = await runEngine(plan, { connectionsMax: 20 });
    expect(samples).toHaveLength(1000);
    // A fifth of all requests is due in the stall; who is due in its first quarter, 5 % of all, waits 750 ms or more.
    for (const [q, expected] of [
      [0.95, 750],
      [0.99, 950],
    ] as const) {
      const got = quantile(samples, ({ responseMs }) => responseMs, q);
      expect(Math.abs(got / expected - 1), `p${q * 100}: ${got}`).toBeLessThan(0.05);
    }
    expect(quantile(samples, ({ serviceMs }) => serviceMs, 0.5)).toBeLessThan(20);
    expect(quantile(samples, ({ lateMs }) => lateMs ?? null, 0.99)).toBeLessThan(100);
    if (outcome.kind !== "finished") throw new Error(outcome.kind);
    const [thread] = outcome.facts.threads;
    expect(thread?.waited).toBeGreaterThan(150);
    expect(thread?.waited).toBeLessThan(250);
    expect(thread?.connectionsMost).toBe(20);
  });

  test("says how many requests were due and never sent, when no connection came free for them", async () => {
    const { port } = await listenReplying(() => null);
    const { outcome, samples, dropped } = await runEngine(
      loadPlan([plannedTarget("only", port, { timeoutMs: ms(400) })], { arrival: open(100), durationMs: ms(1000) }),
      { connectionsMax: 2 },
    );
    expect(outcome.kind).toBe("finished");
    expect(samples.length + dropped).toBe(100);
    expect(dropped).toBeGreaterThan(50);
    expect(samples.every(({ failure }) => failure === "response-timeout")).toBe(true);
  });
});
