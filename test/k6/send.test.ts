import { execFile } from "node:child_process";
import { createServer, type IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { describe, expect } from "vitest";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import { ms, perSecond } from "#core/units.ts";
import { loadPlan, plannedTarget, temporaryFolder } from "../support/k6.ts";
import { listen, listenHttp } from "../support/listen.ts";
import { bundled, createK6Test, runScenario } from "./run-scenario.ts";

const k6Test = createK6Test();

const open = (rate: number) => ({ kind: "open", rate: perSecond(rate) }) as const;
const closed = (connections: number) => ({ kind: "closed", connections }) as const;

const request = (rest: Partial<PlannedTarget["requests"][number]> = {}): PlannedTarget["requests"][number] => ({
  name: "main",
  method: "GET",
  path: "/",
  headers: {},
  body: null,
  expect: { statuses: [200], body: null, headers: {} },
  ...rest,
});

describe("a scenario in k6", () => {
  k6Test("gives every target all of the rate, warm-up apart, with a due time for each request", async (k6) => {
    const seen = new Map<string, number>();
    const { port } = await listenHttp((asked, response) => {
      seen.set(asked.url ?? "", (seen.get(asked.url ?? "") ?? 0) + 1);
      setTimeout(() => response.end("hello"), 5);
    });
    const targets = ["a", "b"].map((id) => plannedTarget(id, port, { requests: [request({ path: `/${id}` })] }));
    const plan = loadPlan(targets, { arrival: open(50), durationMs: ms(3000), warmupMs: ms(1000) });
    const { samples, measured, dropped, failures } = await runScenario(k6, "steady", plan);
    expect(failures).toEqual({});
    const missed = dropped.reduce((sum, { count }) => sum + count, 0);
    for (const id of ["a", "b"]) {
      const sent = samples.filter(({ target }) => target === id).length;
      expect(sent).toBe(seen.get(`/${id}`));
      expect(sent + missed).toBeGreaterThanOrEqual(199);
      expect(sent).toBeLessThanOrEqual(202);
      const warm = sent - measured.filter(({ target }) => target === id).length;
      expect(warm).toBeGreaterThan(45);
      expect(warm).toBeLessThanOrEqual(51);
    }
    expect(samples.every(({ serviceMs, responseMs }) => (responseMs ?? 0) >= (serviceMs ?? 1))).toBe(true);
    // Half of them no later than a tenth of a second: the schedule is k6's own.
    const late = samples.map(({ serviceMs, responseMs }) => (responseMs ?? 0) - (serviceMs ?? 0)).sort((a, b) => a - b);
    expect(late[late.length >> 1]).toBeLessThan(100);
  });

  k6Test("keeps so many connections busy in a closed loop, and has no due times there", async (k6) => {
    const { port, accepted } = await listenHttp((_asked, response) => setTimeout(() => response.end("hello"), 10));
    const plan = loadPlan([plannedTarget("only", port)], { arrival: closed(5), durationMs: ms(1500) });
    const { samples, failures } = await runScenario(k6, "steady", plan);
    expect(failures).toEqual({});
    expect(accepted).toHaveLength(5);
    expect(samples.length).toBeGreaterThan(50);
    expect(samples.every(({ responseMs }) => responseMs === null)).toBe(true);
    expect(samples.filter(({ reusedSocket }) => reusedSocket)).toHaveLength(samples.length - 5);
  });

  k6Test("goes up the stairs at the times that its due times say", async (k6) => {
    const at: number[] = [];
    const { port } = await listenHttp((_asked, response) => {
      at.push(Date.now());
      response.end("hello");
    });
    const plan = loadPlan([plannedTarget("only", port)], { arrival: open(100), durationMs: ms(4000) });
    const { samples, failures } = await runScenario(k6, "ramp-to-limit", plan);
    expect(failures).toEqual({});
    expect(samples.length).toBeGreaterThan(200);
    expect(samples.length).toBeLessThanOrEqual(220);
    const half = (at[0] ?? 0) + 2000;
    expect(at.filter((when) => when < half).length).toBeLessThan(at.length / 3);
    const late = samples.map(({ serviceMs, responseMs }) => (responseMs ?? 0) - (serviceMs ?? 0)).sort((a, b) => a - b);
    expect(late[late.length >> 1]).toBeLessThan(100);
  });

  k6Test("judges answers by status, header and body, and sees a function's error behind a 200", async (k6) => {
    const { port } = await listenHttp((asked, response) => {
      if (asked.url === "/error") response.setHeader("x-amz-function-error", "Unhandled");
      if (asked.url === "/teapot") response.statusCode = 418;
      response.setHeader("x-kind", "plain text");
      response.end('{"id":17,"state":"ready"}');
    });
    const body = (kind: "contains" | "equals", text: string) =>
      request({ path: `/${kind}`, expect: { statuses: [200], body: { kind, text }, headers: {} } });
    const requests = [
      request({ name: "fine", path: "/", expect: { statuses: [200], body: null, headers: { "x-kind": "plain" } } }),
      request({ path: "/error" }),
      request({ path: "/teapot" }),
      request({ path: "/teapot", name: "hoped for", expect: { statuses: [200, 418], body: null, headers: {} } }),
      body("contains", '"id":17'),
      body("contains", '"id":18'),
      body("equals", '{"id":17,"state":"ready"}'),
      request({ expect: { statuses: [200], body: { kind: "matches", pattern: '"id":\\d+,' }, headers: {} } }),
      request({ expect: { statuses: [200], body: null, headers: { "x-kind": "json" } } }),
      request({ expect: { statuses: [200], body: null, headers: { "x-other": "" } } }),
    ];
    const target = plannedTarget("only", port, { requests, functionErrors: true });
    const { failures, samples } = await runScenario(k6, "steady", loadPlan([target], { arrival: open(50) }));
    const rounds = samples.length / 10;
    const each = (count = 0) => Math.abs(count - rounds) < 1.01;
    expect(Object.keys(failures).sort()).toEqual(["function-error", "unexpected-body", "unexpected-status"]);
    expect(each(failures["function-error"])).toBe(true);
    expect(each(failures["unexpected-status"])).toBe(true);
    expect(each((failures["unexpected-body"] ?? 0) / 3)).toBe(true);
  });

  k6Test("closes a connection after as many requests as planned, and opens another without loss", async (k6) => {
    const served = new Map<unknown, number>();
    const { port } = await listenHttp((asked, response) => {
      served.set(asked.socket, (served.get(asked.socket) ?? 0) + 1);
      response.end("hello");
    });
    const target = plannedTarget("only", port, { connection: { requestsMax: 10, ageMsMax: null } });
    const plan = loadPlan([target], { arrival: closed(2), durationMs: ms(1000) });
    const { samples, failures } = await runScenario(k6, "steady", plan);
    expect(failures).toEqual({});
    const counts = [...served.values()];
    expect(Math.max(...counts)).toBeLessThanOrEqual(10);
    // All but the two that the end of the run found open.
    expect(counts.filter((count) => count < 8).length).toBeLessThanOrEqual(2);
    expect(counts.length).toBeGreaterThan(4);
    // It was closed on purpose: what opened the next one could not have reused it.
    expect(samples.filter(({ couldReuse, reusedSocket }) => couldReuse && !reusedSocket)).toEqual([]);
  });

  k6Test("closes a connection after as long as planned", async (k6) => {
    const lived = new Map<unknown, { first: number; last: number }>();
    const { port } = await listenHttp((asked, response) => {
      const now = Date.now();
      lived.set(asked.socket, { first: lived.get(asked.socket)?.first ?? now, last: now });
      setTimeout(() => response.end("hello"), 10);
    });
    const target = plannedTarget("only", port, { connection: { requestsMax: null, ageMsMax: ms(400) } });
    const plan = loadPlan([target], { arrival: closed(2), durationMs: ms(2000) });
    const { failures } = await runScenario(k6, "steady", plan);
    expect(failures).toEqual({});
    expect(lived.size).toBeGreaterThanOrEqual(6);
    expect(lived.size).toBeLessThanOrEqual(20);
    expect(Math.max(...Array.from(lived.values(), ({ first, last }) => last - first))).toBeLessThan(1000);
  });

  k6Test("spreads over all planned addresses of a name, and names the target's own host to each", async (k6) => {
    const hosts: string[] = [];
    const answering = () =>
      createServer((asked, response) => {
        hosts.push(`${asked.socket.localAddress} ${asked.headers.host}`);
        response.end("hello");
      });
    const { port } = await listen(answering(), "connection", () => {}, "0.0.0.0");
    const target = plannedTarget("only", port, {
      origin: `http://orders.test:${port}`,
      hostHeader: "orders.example",
      addresses: ["127.0.0.1", "127.0.0.2", "127.0.0.3"],
    });
    const { failures, samples } = await runScenario(k6, "steady", loadPlan([target], { arrival: open(60) }));
    expect(failures).toEqual({});
    expect(samples.length).toBe(hosts.length);
    expect([...new Set(hosts)].sort()).toEqual(
      ["127.0.0.1", "127.0.0.2", "127.0.0.3"].map((address) => `${address} orders.example`),
    );
  });

  k6Test(
    "is refused before a packet is sent when an address is none, which k6 would take for localhost",
    async (k6) => {
      const { port, accepted } = await listenHttp((_asked, response) => response.end("hello"));
      const target = plannedTarget("only", port, {
        origin: `http://orders.test:${port}`,
        addresses: ["vpce-0abc.lambda.eu-west-1.vpce.amazonaws.com"],
      });
      await expect(runScenario(k6, "steady", loadPlan([target]))).rejects.toThrow("which is no IP address");
      expect(accepted).toEqual([]);
    },
  );

  k6Test("tells failed dials and time-outs from answers, and goes on", async (k6) => {
    let count = 0;
    const { port } = await listenHttp((_asked, response) => {
      count += 1;
      if (count % 5 !== 0) response.end("hello");
    });
    const target = plannedTarget("only", port, { timeoutMs: ms(300) });
    const { failures, samples } = await runScenario(k6, "steady", loadPlan([target], { arrival: open(20) }));
    expect(Object.keys(failures)).toEqual(["response-timeout"]);
    expect(Math.abs((failures["response-timeout"] ?? 0) - samples.length / 5)).toBeLessThan(2);
    const none = plannedTarget("none", 1);
    const refused = await runScenario(k6, "steady", loadPlan([none], { arrival: open(20) }));
    expect(refused.failures).toEqual({ "tcp-refused": refused.samples.length });
    expect(refused.samples.every(({ serviceMs, reusedSocket }) => serviceMs === null && !reusedSocket)).toBe(true);
  });

  k6Test("of a user's own, which throws now and then, is counted; and imports what the docs say", async (k6) => {
    const { port } = await listenHttp((_asked, response) => response.end("hello"));
    const text = `import { iteration, send, workload } from "pathproof/k6";
export const options = workload();
export default iteration(async ({ target, number }) => {
  send(target);
  await null;
  if (number % 4 === 3) throw new Error("a mistake of mine");
});
`;
    const plan = loadPlan([plannedTarget("only", port)], { arrival: open(40), durationMs: ms(1000) });
    const { facts, failures, samples } = await runScenario(k6, text, plan);
    expect(failures).toEqual({});
    expect(facts.iterations).toBe(samples.length);
    expect(Math.abs(facts.thrown - samples.length / 4)).toBeLessThan(1.1);
    expect(facts.firstException).toContain("a mistake of mine");
  });
});

describe("a plain k6 run of a bundle", () => {
  const plain = async (path: string, variables: readonly string[], script = "steady") => {
    const args = ["run", "--no-color", "--no-usage-report", ...variables.flatMap((one) => ["-e", one])];
    const home = await temporaryFolder();
    return promisify(execFile)(path, [...args, await bundled(script)], {
      timeout: 60_000,
      env: { PATH: process.env["PATH"] ?? "", HOME: home },
    });
  };

  k6Test("takes its target from TARGET_URL and adds reuse and lateness to k6's own summary", async (k6) => {
    const paths = new Set<string>();
    const { port } = await listenHttp((asked: IncomingMessage, response) => {
      paths.add(`${asked.method} ${asked.url}`);
      response.end("hello");
    });
    const { stdout } = await plain(k6.path, [
      `TARGET_URL=http://127.0.0.1:${port}/orders/1?full=1`,
      ...["PATHPROOF_RATE=20/s", "PATHPROOF_DURATION=1s", "PATHPROOF_WARMUP=500ms"],
    ]);
    expect([...paths]).toEqual(["GET /orders/1?full=1"]);
    expect(stdout).toMatch(/http_reqs\.*: (29|30|31) /);
    expect(stdout).toMatch(/pathproof_connections_reused\.*: \d+/);
    expect(stdout).toMatch(/pathproof_late\.*: count=(29|30|31) /);
  });

  k6Test("says what to give when it is given nothing", async (k6) => {
    await expect(plain(k6.path, [])).rejects.toThrow("give -e TARGET_URL=https://host/path");
    await expect(plain(k6.path, ["BASE_URL=http://127.0.0.1:1", "PATHPROOF_DURATION=30"])).rejects.toThrow(
      "PATHPROOF_DURATION: expected a duration such as 30s",
    );
  });
});
