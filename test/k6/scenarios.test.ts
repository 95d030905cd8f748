import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ms, perSecond } from "#core/units.ts";
import { loadPlan, plannedTarget } from "../support/k6.ts";
import { listenHttp } from "../support/listen.ts";
import { createK6Test, runScenario } from "./run-scenario.ts";

const k6Test = createK6Test();
const folder = join(import.meta.dirname, "../../scenarios");
const names = readdirSync(folder).map((file) => file.replace(/\.ts$/, ""));
const docs = readFileSync(join(import.meta.dirname, "../../docs/scenarios.md"), "utf8");

describe("the scenarios", () => {
  test.each(names)("%s says first which question it answers, is short, and is in the docs", (name) => {
    const lines = readFileSync(join(folder, `${name}.ts`), "utf8")
      .trimEnd()
      .split("\n");
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines[0]).toMatch(/^\/\/ .*\?/);
    expect(docs).toContain(`\`${name}\``);
  });

  for (const name of names.filter(
    (one) => !["idle-then-burst", "stale-window", "steady-signed", "timeouts"].includes(one),
  )) {
    k6Test(`${name} runs without failure against a healthy server`, async (k6) => {
      const { port } = await listenHttp((asked, response) => {
        asked.resume();
        response.end("hello");
      });
      const plan = loadPlan([plannedTarget("only", port)], { arrival: { kind: "open", rate: perSecond(30) } });
      const { failures, samples, facts } = await runScenario(k6, name, plan);
      expect({ failures, thrown: facts.thrown, dropped: facts.dropped }).toEqual({
        failures: {},
        thrown: 0,
        dropped: 0,
      });
      expect(samples.length).toBeGreaterThanOrEqual(15);
      expect(samples.length).toBeLessThanOrEqual(61);
    });
  }

  k6Test("spike asks for a tenth of the rate, then all of it, then a tenth again", async (k6) => {
    const at: number[] = [];
    const { port } = await listenHttp((_asked, response) => {
      at.push(Date.now());
      response.end("hello");
    });
    const plan = loadPlan([plannedTarget("only", port)], {
      arrival: { kind: "open", rate: perSecond(100) },
      durationMs: ms(4000),
    });
    await runScenario(k6, "spike", plan);
    const since = at.map((when) => when - (at[0] ?? 0));
    const rush = since.filter((when) => when > 1000 && when < 1950).length;
    // 80 in the rush, 12 before it, 20 after.
    expect(at.length).toBeGreaterThan(100);
    expect(at.length).toBeLessThanOrEqual(113);
    expect(rush).toBeGreaterThan(at.length / 2);
  });

  k6Test("stale-window leaves connections idle around the timer, on both sides", async (k6) => {
    const timerMs = 200;
    const lastAt = new WeakMap<object, number>();
    const { port } = await listenHttp((asked, response) => {
      const now = performance.now();
      const idleMs = now - (lastAt.get(asked.socket) ?? now);
      lastAt.set(asked.socket, now);
      asked.resume();
      if (idleMs < timerMs) response.end("hello");
      else asked.socket.resetAndDestroy();
    });
    const main = plannedTarget("only", port).requests.map((request) => ({ ...request, method: "POST", body: "{}" }));
    const target = plannedTarget("only", port, { idleTimerMs: ms(timerMs), requests: main });
    const plan = loadPlan([target], { arrival: { kind: "closed", connections: 10 }, durationMs: ms(3000) });
    const { samples } = await runScenario(k6, "stale-window", plan);
    const idle = samples.flatMap(({ idleMs, failure }) => (idleMs === null ? [] : [{ idleMs, failure }]));
    const before = idle.filter(({ idleMs }) => idleMs < timerMs - 20);
    const after = idle.filter(({ idleMs }) => idleMs > timerMs + 20);
    expect(before.length).toBeGreaterThan(5);
    expect(before.filter(({ failure }) => failure !== null)).toEqual([]);
    expect(after.length).toBeGreaterThan(5);
    expect(after.filter(({ failure }) => failure === null)).toEqual([]);
  });

  k6Test("idle-then-burst shows whether kept connections survive the rest", async (k6) => {
    const run = async (dropIdle: boolean) => {
      const { port } = await listenHttp((asked, response) => {
        if (dropIdle) asked.socket.setTimeout(200, () => asked.socket.destroy());
        response.end("hello");
      });
      const plan = loadPlan([plannedTarget("only", port)], {
        arrival: { kind: "closed", connections: 3 },
        durationMs: ms(3000),
      });
      const { failures, samples } = await runScenario(k6, "idle-then-burst", plan, {
        scriptEnv: { PATHPROOF_IDLE_MS: "600" },
      });
      expect(failures).toEqual({});
      expect(samples.length % 5).toBe(0);
      return { bursts: samples.length / 5, lost: samples.filter((one) => one.couldReuse && !one.reusedSocket).length };
    };
    expect(await run(false)).toMatchObject({ lost: 0 });
    const dropping = await run(true);
    expect(dropping.bursts).toBeGreaterThanOrEqual(6);
    expect(dropping.lost).toBe(dropping.bursts - 3);
  });

  k6Test("timeouts shows which deadlines a slow answer would miss, and what giving up costs", async (k6) => {
    const { port } = await listenHttp((_asked, response) => setTimeout(() => response.end("hello"), 300));
    const plan = loadPlan([plannedTarget("only", port, { timeoutMs: ms(3200) })], {
      arrival: { kind: "open", rate: perSecond(35) },
    });
    const { failures, samples } = await runScenario(k6, "timeouts", plan);
    // 50, 100 and 200 ms are too short, 400 ms to 3.2 s are not.
    expect(Object.keys(failures)).toEqual(["response-timeout"]);
    expect(Math.abs((failures["response-timeout"] ?? 0) / samples.length - 3 / 7)).toBeLessThan(0.06);
  });

  k6Test("payload-sizes sends every size in turn, as it says", async (k6) => {
    const sizes = new Map<number, number>();
    const { port } = await listenHttp((asked, response) => {
      let size = 0;
      asked.on("data", (part: Buffer) => (size += part.length));
      asked.on("end", () => {
        sizes.set(size, (sizes.get(size) ?? 0) + 1);
        response.end("hello");
      });
    });
    const { failures } = await runScenario(k6, "payload-sizes", loadPlan([plannedTarget("only", port)]), {
      scriptEnv: { PATHPROOF_BYTES_MAX: "70000" },
    });
    expect(failures).toEqual({});
    expect([...sizes.keys()].sort((a, b) => a - b)).toEqual([1024, 4096, 16_384, 65_536]);
  });

  k6Test("soak closes connections that have grown old", async (k6) => {
    const { port, accepted } = await listenHttp((_asked, response) => response.end("hello"));
    const plan = loadPlan([plannedTarget("only", port)], {
      arrival: { kind: "closed", connections: 2 },
      durationMs: ms(2000),
    });
    const { failures } = await runScenario(k6, "soak", plan);
    expect(failures).toEqual({});
    // A quarter of the time each, of two at a time.
    expect(accepted.length).toBeGreaterThanOrEqual(6);
    expect(accepted.length).toBeLessThanOrEqual(12);
  });

  k6Test("steady-signed refuses a target that no service is known for", async (k6) => {
    await expect(runScenario(k6, "steady-signed", loadPlan([plannedTarget("only", 1)]))).rejects.toThrow(
      "only: every request is signed: give it auth: iam",
    );
  });
});
