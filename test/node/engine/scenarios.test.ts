import { describe, expect, test } from "vitest";
import type { LoadPlan } from "#core/plan/load-plan.ts";
import { scenarios } from "#core/scenarios/registry.ts";
import { readSettings } from "#core/scenarios/settings.ts";
import { ms, perSecond } from "#core/units.ts";
import { type EngineSeen, runEngine } from "../../support/engine.ts";
import { loadPlan, plannedTarget } from "../../support/k6.ts";
import { listenHttp } from "../../support/listen.ts";

const open = (rate: number) => ({ kind: "open", rate: perSecond(rate) }) as const;
const signing = { service: "lambda", region: "eu-west-1", payload: "signed" } as const;
const credentials = async () =>
  ({ kind: "ok", credentials: { accessKeyId: "ASIA1", secretAccessKey: "secret", sessionToken: null } }) as const;

const failuresOf = ({ samples }: EngineSeen): Record<string, number> => {
  const failures: Record<string, number> = {};
  for (const { failure } of samples) if (failure !== null) failures[failure] = (failures[failure] ?? 0) + 1;
  return failures;
};

/** A server that tells when it was asked what; strangers are refused where `guarded`. */
async function startServer(guarded = false) {
  const asked: { readonly at: number; readonly bytes: number; readonly signed: boolean; readonly port: number }[] = [];
  const { port, accepted } = await listenHttp((request, response) => {
    let bytes = 0;
    request.on("data", (part: Buffer) => (bytes += part.length));
    request.on("end", () => {
      const signed = request.headers.authorization !== undefined;
      asked.push({ at: performance.now(), bytes, signed, port: request.socket.remotePort ?? 0 });
      if (guarded && !signed) response.statusCode = 403;
      response.end("hello");
    });
  });
  return { port, accepted, asked };
}

const plan = (scenario: string, port: number, rest: Partial<LoadPlan> = {}, auth: "iam" | "none" = "none"): LoadPlan =>
  loadPlan([plannedTarget("only", port, auth === "iam" ? { auth, signing } : {})], { scenario, ...rest });

describe("a scenario on the Node engine", () => {
  test.each(Object.keys(scenarios).filter((name) => !["steady-signed", "stale-window"].includes(name)))(
    "%s runs without failure against a healthy server",
    async (name) => {
      const { port } = await startServer();
      const seen = await runEngine(plan(name, port, { arrival: open(30), durationMs: ms(1500) }), {
        settings: readSettings({ PATHPROOF_IDLE_MS: "300" }),
      });
      expect(seen.outcome.kind).toBe("finished");
      expect(failuresOf(seen)).toEqual({});
      expect(seen.samples.length).toBeGreaterThanOrEqual(10);
      expect(seen.samples.length).toBeLessThanOrEqual(100);
    },
  );

  test("spike asks for a tenth of the rate, then all of it, then a tenth again, by its schedule", async () => {
    const { port } = await startServer();
    const { samples } = await runEngine(plan("spike", port, { arrival: open(100), durationMs: ms(4000) }));
    // 12 before the rush, 80 in it, 20 after: the area under the rate.
    expect(samples).toHaveLength(112);
    const due = samples.map(({ sentAtMs, lateMs }) => sentAtMs - (lateMs ?? 0));
    expect(due.filter((at) => at > 1210 && at < 1990).length).toBeGreaterThan(70);
    expect(due.filter((at) => at < 1190).length).toBe(11);
  });

  test("ramp-to-limit goes up in steps, the warm-up at the first of them", async () => {
    const { port } = await startServer();
    const { samples } = await runEngine(
      plan("ramp-to-limit", port, { arrival: open(200), durationMs: ms(2000), warmupMs: ms(1000) }),
    );
    // 10 in the warm-up; then 200 ms each at 10, 40, 60, … 200 a second.
    expect(samples.filter(({ phase }) => phase === "warmup").length).toBe(9);
    expect(Math.abs(samples.length - (10 + 2 + 8 + 12 + 16 + 20 + 24 + 28 + 32 + 36 + 40))).toBeLessThanOrEqual(1);
    const last = samples.filter(({ sentAtMs }) => sentAtMs >= 2800).length;
    expect(last).toBeGreaterThan(30);
  });

  test("ramp-to-limit opens more and more connections in a closed loop", async () => {
    const { port } = await listenHttp((_request, response) => {
      setTimeout(() => response.end("hello"), 10);
    });
    const { samples } = await runEngine(
      plan("ramp-to-limit", port, { arrival: { kind: "closed", connections: 20 }, durationMs: ms(2000) }),
    );
    const between = (from: number, to: number) =>
      samples.filter(({ sentAtMs }) => sentAtMs >= from && sentAtMs < to).length;
    expect(samples.filter(({ connectMs }) => connectMs !== null)).toHaveLength(20);
    // One connection, then twenty.
    expect(between(1800, 2000)).toBeGreaterThan(8 * between(0, 200));
  });

  test("mixed-auth sends signed and unsigned in turn, and takes a refusal of the unsigned for what it should be", async () => {
    const { port, asked } = await startServer(true);
    const seen = await runEngine(plan("mixed-auth", port, { arrival: open(40), durationMs: ms(1000) }, "iam"), {
      credentials,
    });
    expect(failuresOf(seen)).toEqual({});
    expect(asked.filter(({ signed }) => signed)).toHaveLength(20);
    expect(asked.filter(({ signed }) => !signed)).toHaveLength(20);
  });

  test("steady-unsigned fails where strangers are let in", async () => {
    const { port } = await startServer();
    const seen = await runEngine(plan("steady-unsigned", port, { arrival: open(20), durationMs: ms(500) }, "iam"), {
      credentials,
    });
    expect(failuresOf(seen)).toEqual({ "open-to-unsigned": 10 });
  });

  test("payload-sizes sends every size in turn, up to the one it was told", async () => {
    const { port, asked } = await startServer();
    await runEngine(plan("payload-sizes", port, { arrival: open(40), durationMs: ms(500) }), {
      settings: readSettings({ PATHPROOF_BYTES_MAX: "70000" }),
    });
    expect([...new Set(asked.map(({ bytes }) => bytes))].toSorted((a, b) => a - b)).toEqual([
      1024, 4096, 16_384, 65_536,
    ]);
  });

  test("timeouts shows which deadlines a slow answer would miss", async () => {
    const { port } = await listenHttp((_request, response) => {
      setTimeout(() => response.end("hello"), 300);
    });
    const target = plannedTarget("only", port, { timeoutMs: ms(3200) });
    const seen = await runEngine(loadPlan([target], { scenario: "timeouts", arrival: open(35), durationMs: ms(1000) }));
    // 50, 100 and 200 ms are too short, 400 ms to 3.2 s are not.
    expect(failuresOf(seen)).toEqual({ "response-timeout": 15 });
  });

  test("soak ends connections that have grown old", async () => {
    const { port, accepted } = await startServer();
    const seen = await runEngine(
      plan("soak", port, { arrival: { kind: "closed", connections: 2 }, durationMs: ms(2000) }),
    );
    expect(failuresOf(seen)).toEqual({});
    // A quarter of the time each at most, of two at a time.
    expect(accepted.length).toBeGreaterThanOrEqual(8);
    expect(accepted.length).toBeLessThanOrEqual(12);
  });

  test("idle-then-burst rests on each of its connections, and shows which of them survive", async () => {
    const run = async (dropIdle: boolean) => {
      const { port } = await listenHttp((asked, response) => {
        if (dropIdle) asked.socket.setTimeout(200, () => asked.socket.destroy());
        response.end("hello");
      });
      const seen = await runEngine(
        plan("idle-then-burst", port, { arrival: { kind: "closed", connections: 3 }, durationMs: ms(3000) }),
        { settings: readSettings({ PATHPROOF_IDLE_MS: "600" }) },
      );
      expect(failuresOf(seen)).toEqual({});
      expect(seen.samples.length % 5).toBe(0);
      expect(seen.samples.every(({ responseMs }) => responseMs === null)).toBe(true);
      const lost = seen.samples.filter((one) => one.couldReuse && !one.reusedSocket).length;
      const rested = seen.samples.filter(({ idleMs }) => (idleMs ?? 0) >= 590).length;
      return { bursts: seen.samples.length / 5, lost, rested };
    };
    const kept = await run(false);
    expect(kept).toMatchObject({ lost: 0, rested: kept.bursts - 3 });
    const dropping = await run(true);
    expect(dropping.bursts).toBeGreaterThanOrEqual(6);
    expect(dropping).toMatchObject({ lost: dropping.bursts - 3, rested: 0 });
  });
});
