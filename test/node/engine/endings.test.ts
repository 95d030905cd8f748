import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { Sample } from "#core/statistics/sample.ts";
import type { TargetRequest } from "#core/targets/target.ts";
import { ms, perSecond } from "#core/units.ts";
import { runEngine } from "../../support/engine.ts";
import { loadPlan, plannedTarget } from "../../support/k6.ts";
import { listenRaw, listenReplying, okReply } from "../../support/listen.ts";
import { freePort } from "../../support/servers.ts";

/** Counts failures by their code. */
const failures = (samples: readonly Sample[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { failure } of samples) if (failure !== null) counts[failure] = (counts[failure] ?? 0) + 1;
  return counts;
};

const open = (rate: number, durationMs: number) =>
  ({ arrival: { kind: "open", rate: perSecond(rate) }, durationMs: ms(durationMs) }) as const;
const closed = (connections: number, durationMs: number) =>
  ({ arrival: { kind: "closed", connections }, durationMs: ms(durationMs) }) as const;

const run = (
  port: number,
  over: Partial<PlannedTarget> = {},
  arrival: Parameters<typeof loadPlan>[1] = closed(1, 300),
) => runEngine(loadPlan([plannedTarget("only", port, over)], arrival));

const expecting = (expect: Partial<TargetRequest["expect"]>): Pick<PlannedTarget, "requests"> => ({
  requests: [
    {
      name: "main",
      method: "GET",
      path: "/",
      headers: {},
      body: null,
      expect: { statuses: [200], body: null, headers: {}, ...expect },
    },
  ],
});

describe("how requests of the Node engine end", () => {
  test.each([
    ["a reset", (socket: Socket) => socket.resetAndDestroy(), "rst"],
    ["a close", (socket: Socket) => socket.end(), "fin"],
  ])("sees every stale reuse that ends with %s, to the very number, and never sends again", async (_, end, kind) => {
    let requests = 0;
    let ended = 0;
    // One request in twenty, but never the first on its connection, meets a dead connection.
    const { port } = await listenReplying((_request, socket, onSocket) => {
      requests += 1;
      if (requests % 20 !== 0 || onSocket === 1) return okReply();
      ended += 1;
      end(socket);
      return null;
    });
    const { samples, ended: ends } = await run(port, {}, open(400, 2000));
    expect(samples).toHaveLength(800);
    expect(requests).toBe(800);
    expect(ended).toBeGreaterThan(30);
    expect(failures(samples)).toEqual({ "stale-reuse-reset": ended });
    const stale = samples.filter(({ failure }) => failure !== null);
    expect(
      stale.every(
        ({ serviceMs, responseMs, reusedSocket }) => serviceMs === null && responseMs === null && reusedSocket,
      ),
    ).toBe(true);
    // Each connection that was born came to its end, and each death is told as what it was.
    const born = samples.filter(({ connectMs }) => connectMs !== null).length;
    const died = ends.filter(({ how }) => how === kind);
    expect(died).toHaveLength(ended);
    expect(died.every(({ idleMs }) => idleMs === null)).toBe(true);
    expect(ends).toHaveLength(born);
    expect(ends.filter(({ how }) => how === "open")).toHaveLength(born - ended);
    const answered = samples.length - ended;
    expect(ends.reduce((sum, { served }) => sum + served, 0)).toBe(answered);
  });

  test("calls a connection forgotten that keeps silent after a rest, while another answers", {
    timeout: 20_000,
  }, async () => {
    // The first connection answers once, and then never again.
    const { port, accepted } = await listenReplying((_request, socket, onSocket) =>
      socket === accepted[0] && onSocket > 1 ? null : okReply(),
    );
    const { samples } = await run(port, { timeoutMs: ms(1800) }, open(0.8, 5000));
    expect(failures(samples)).toEqual({ "stale-reuse-silent": 1 });
    expect(samples).toHaveLength(4);
  });

  test("calls a server slow that keeps silent on a connection in use", async () => {
    const { port } = await listenReplying((_request, _socket, onSocket) => (onSocket > 3 ? null : okReply()));
    const { samples } = await run(port, { timeoutMs: ms(150) }, closed(1, 400));
    expect(Object.keys(failures(samples))).toEqual(["response-timeout"]);
  });

  test("counts connections that the peer closes while they are idle, or with its answer, as reuse that was lost", async () => {
    const { port } = await listenReplying((_request, socket, onSocket) => {
      if (onSocket === 5) setTimeout(() => socket.end(), 5);
      return okReply();
    });
    const { samples, ended } = await run(port, {}, open(20, 1500));
    expect(failures(samples)).toEqual({});
    const closing = ended.filter(({ how }) => how === "fin");
    expect(closing.length).toBeGreaterThanOrEqual(4);
    // It closes 5 ms after its fifth answer, and the next request is due after 50.
    expect(closing.every(({ idleMs, served }) => served === 5 && idleMs !== null && idleMs >= 3)).toBe(true);
    const idle = samples.flatMap(({ idleMs }) => (idleMs === null ? [] : [idleMs]));
    expect(idle).toHaveLength(samples.filter(({ reusedSocket }) => reusedSocket).length);
    expect(Math.max(...idle)).toBeGreaterThan(30);
    const opened = samples.filter(({ connectMs }) => connectMs !== null);
    expect(opened.length).toBeGreaterThanOrEqual(6);
    expect(opened.filter(({ couldReuse }) => !couldReuse).length).toBeLessThanOrEqual(opened.length - 4);
    const close = await listenReplying(() => "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    const { samples: alone, ended: announced } = await run(close.port, {}, closed(1, 200));
    expect(alone.every(({ failure, reusedSocket }) => failure === null && !reusedSocket)).toBe(true);
    expect(alone.filter(({ couldReuse }) => !couldReuse)).toHaveLength(1);
    expect(announced.map(({ how }) => how)).toEqual(alone.map(() => "announced"));
  });

  test.each([
    ["a reset of a new connection", (socket: Socket) => socket.resetAndDestroy(), "response-truncated"],
    ["a close inside the head", (socket: Socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Le"), "response-truncated"],
    [
      "a close inside a body",
      (socket: Socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"),
      "response-truncated",
    ],
    ["something other than HTTP", (socket: Socket) => socket.write("220 mail.example ESMTP"), "protocol-error"],
    [
      "a length told twice",
      (socket: Socket) => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na"),
      "protocol-error",
    ],
    ["silence", () => {}, "response-timeout"],
  ])("names %s", async (_, answer, code) => {
    const { port } = await listenReplying((_request, socket) => {
      answer(socket);
      return null;
    });
    const { samples } = await run(port, { timeoutMs: ms(200) });
    expect(Object.keys(failures(samples))).toEqual([code]);
    expect(samples.every(({ failure }) => failure === code)).toBe(true);
  });

  test("takes a body without a length up to the close", async () => {
    const { port } = await listenReplying((_request, socket) => {
      socket.end("HTTP/1.1 200 OK\r\n\r\nhello");
      return null;
    });
    const { samples } = await run(port, expecting({ body: { kind: "equals", text: "hello" } }));
    expect(samples.length).toBeGreaterThan(2);
    expect(failures(samples)).toEqual({});
  });

  test("reads answers that come byte by byte, and chunks cut anywhere", async () => {
    const reply =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nX-Trailer: t\r\n\r\n";
    const { port } = await listenRaw((socket) => {
      socket.setNoDelay(true);
      socket.on("data", async () => {
        for (const byte of reply) {
          socket.write(byte);
          await new Promise((resolve) => setImmediate(resolve));
        }
      });
    });
    const { samples } = await run(port, expecting({ body: { kind: "equals", text: "hello" } }), closed(2, 500));
    expect(samples.length).toBeGreaterThan(4);
    expect(failures(samples)).toEqual({});
    expect(samples.filter(({ reusedSocket }) => reusedSocket).length).toBeGreaterThan(2);
  });

  test("names a closed port, and does not knock at it without a rest", async () => {
    const { samples } = await run(await freePort(), {}, closed(1, 500));
    expect(Object.keys(failures(samples))).toEqual(["tcp-refused"]);
    expect(samples.length).toBeGreaterThan(2);
    expect(samples.length).toBeLessThan(30);
    expect(samples.every(({ connectMs, couldReuse }) => connectMs === null && !couldReuse)).toBe(true);
  });

  test.each([
    ["a status", "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", {}, "unexpected-status"],
    ["too many requests", "HTTP/1.1 429 No\r\nContent-Length: 0\r\n\r\n", {}, "throttled"],
    [
      "a function's error behind 200",
      "HTTP/1.1 200 OK\r\nX-Amz-Function-Error: Unhandled\r\nContent-Length: 0\r\n\r\n",
      { functionErrors: true },
      "function-error",
    ],
    ["another body", okReply("goodbye"), expecting({ body: { kind: "contains", text: "hello" } }), "unexpected-body"],
    [
      "a body that does not match",
      okReply("7a"),
      expecting({ body: { kind: "matches", pattern: "^\\d+$" } }),
      "unexpected-body",
    ],
    [
      "a body made up against its pattern",
      okReply(`${"a".repeat(16_000)}!`),
      expecting({ body: { kind: "matches", pattern: "^(a+)+$" } }),
      "unexpected-body",
    ],
    ["a header that is not there", okReply(), expecting({ headers: { "x-version": "2" } }), "unexpected-body"],
  ])("names %s that was not expected", async (_, reply, over, code) => {
    const { port } = await listenReplying(() => reply);
    const { samples } = await run(port, over);
    expect(samples.length).toBeGreaterThan(2);
    expect(samples.every(({ failure }) => failure === code)).toBe(true);
    // The connection is as good as before.
    expect(samples.filter(({ connectMs }) => connectMs !== null)).toHaveLength(1);
  });

  test("takes what was expected, whatever it is", async () => {
    const { port } = await listenReplying(() => "HTTP/1.1 403 No\r\nX-Version: 2.1\r\nContent-Length: 2\r\n\r\n42");
    const { samples } = await run(
      port,
      expecting({ statuses: [401, 403], headers: { "x-version": "2" }, body: { kind: "matches", pattern: "^\\d+$" } }),
    );
    expect(failures(samples)).toEqual({});
  });

  test("does not take what comes unasked for the answer to the next request", async () => {
    const { port, accepted } = await listenReplying(() => `${okReply()}HTTP/1.1 500 Unasked\r\n\r\n`);
    const { samples } = await run(port);
    expect(failures(samples)).toEqual({});
    expect(accepted.length).toBeGreaterThanOrEqual(samples.length);
  });
});
