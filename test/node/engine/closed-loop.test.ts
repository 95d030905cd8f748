import { createServer } from "node:http";
import { describe, expect, test } from "vitest";
import { ms } from "#core/units.ts";
import { runEngine } from "../../support/engine.ts";
import { loadPlan, plannedTarget } from "../../support/k6.ts";
import { listen, listenReplying, okReply } from "../../support/listen.ts";

const closed = (connections: number) => ({ kind: "closed", connections }) as const;

describe("a closed loop of the Node engine", () => {
  test("keeps so many connections busy, each asking again once it is answered", async () => {
    let seen = 0;
    const { port, accepted } = await listenReplying(() => {
      seen += 1;
      return okReply();
    });
    const { outcome, samples } = await runEngine(
      loadPlan([plannedTarget("only", port)], { arrival: closed(7), warmupMs: ms(200), durationMs: ms(1000) }),
    );
    expect(outcome).toMatchObject({
      kind: "finished",
      facts: { dropped: 0, threads: [{ connectionsMost: 7, waited: 0 }] },
    });
    expect(samples).toHaveLength(seen);
    expect(accepted).toHaveLength(7);
    expect(samples.filter(({ connectMs }) => connectMs !== null)).toHaveLength(7);
    expect(samples.filter(({ couldReuse }) => !couldReuse)).toHaveLength(7);
    expect(samples.filter(({ reusedSocket }) => !reusedSocket)).toHaveLength(7);
    // Nothing is due, so there is nothing to be late for.
    expect(samples.every(({ responseMs, lateMs }) => responseMs === null && lateMs === null)).toBe(true);
    expect(samples.filter(({ phase }) => phase === "warmup").length).toBeGreaterThan(7);
    expect(samples.filter(({ phase }) => phase === "measured").length).toBeGreaterThan(100);
  });

  test("shares its connections among threads", async () => {
    const { port, accepted } = await listenReplying(() => okReply());
    const { outcome } = await runEngine(
      loadPlan([plannedTarget("only", port)], { arrival: closed(5), durationMs: ms(400) }),
      { threads: 2 },
    );
    expect(outcome).toMatchObject({ kind: "finished", facts: { threads: [{}, {}] } });
    expect(accepted).toHaveLength(5);
  });

  test("ends connections after so many requests, and blames nobody for it", async () => {
    const perConnection: number[] = [];
    const { port } = await listenReplying((_request, _socket, count) => {
      if (count === 1) perConnection.push(0);
      perConnection[perConnection.length - 1] = count;
      return okReply();
    });
    const { samples } = await runEngine(
      loadPlan([plannedTarget("only", port, { connection: { requestsMax: 10, ageMsMax: null } })], {
        arrival: closed(1),
        durationMs: ms(400),
      }),
    );
    expect(samples.every(({ failure }) => failure === null)).toBe(true);
    const done = perConnection.slice(0, -1);
    expect(done.length).toBeGreaterThan(2);
    expect(Math.max(...done)).toBeLessThanOrEqual(10);
    expect(Math.min(...done)).toBeGreaterThanOrEqual(8);
    expect(samples.filter(({ reusedSocket, couldReuse }) => couldReuse !== reusedSocket)).toHaveLength(0);
  });

  test("ends connections at an age", async () => {
    const { port, accepted } = await listenReplying(() => okReply());
    const { samples } = await runEngine(
      loadPlan([plannedTarget("only", port, { connection: { requestsMax: null, ageMsMax: ms(100) } })], {
        arrival: closed(1),
        durationMs: ms(1000),
      }),
    );
    expect(samples.every(({ failure }) => failure === null)).toBe(true);
    expect(accepted.length).toBeGreaterThanOrEqual(5);
    expect(accepted.length).toBeLessThanOrEqual(14);
  });

  test("takes turns among a target's requests and its addresses, and sends what each request says", async () => {
    const asked = new Set<string>();
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const { method, url, headers, socket } = request;
        asked.add(
          JSON.stringify([
            socket.localAddress,
            method,
            url,
            headers["x-own"],
            headers.host,
            Buffer.concat(parts).toString(),
          ]),
        );
        response.end("hello");
      });
    });
    const { port } = await listen(server, "connection", () => {}, "0.0.0.0");
    const expectation = { statuses: [200], body: null, headers: {} };
    await runEngine(
      loadPlan(
        [
          plannedTarget("only", port, {
            hostHeader: "orders.example",
            addresses: ["127.0.0.1", "127.0.0.2"],
            requests: [
              {
                name: "list",
                method: "GET",
                path: "/a?b=c",
                headers: { "x-own": "1" },
                body: null,
                expect: expectation,
              },
              {
                name: "create",
                method: "POST",
                path: "/d",
                headers: { "x-own": "2" },
                body: "größer",
                expect: expectation,
              },
            ],
          }),
        ],
        { arrival: closed(2), durationMs: ms(300) },
      ),
    );
    const list = ["GET", "/a?b=c", "1", "orders.example", ""];
    const create = ["POST", "/d", "2", "orders.example", "größer"];
    expect([...asked].sort()).toEqual(
      ["127.0.0.1", "127.0.0.2"]
        .flatMap((address) => [list, create].map((rest) => JSON.stringify([address, ...rest])))
        .sort(),
    );
  });
});
