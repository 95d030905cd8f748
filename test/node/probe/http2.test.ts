import {
  createServer as createPlainServer,
  createSecureServer,
  type Http2SecureServer,
  type Http2Server,
  type ServerHttp2Stream,
} from "node:http2";
import type { Socket } from "node:net";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type Authority, type Identity, makeAuthority } from "../../support/certificates.ts";
import { listenRaw, listenTls, portOf } from "../../support/listen.ts";
import { answerOf, deadlines, failureOf, performOne, plainAt, probing, secureAt, step } from "../../support/probing.ts";

type OnStream = (stream: ServerHttp2Stream, count: number, headers: Readonly<Record<string, unknown>>) => void;

async function serve(server: Http2Server | Http2SecureServer, onStream: OnStream): Promise<number> {
  let count = 0;
  const sockets: Socket[] = [];
  server.on("connection", (socket: Socket) => sockets.push(socket));
  server.on("sessionError", () => {});
  server.on("stream", (stream: ServerHttp2Stream, headers) => {
    stream.on("error", () => {});
    onStream(stream, ++count, headers);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return portOf(server);
}

describe("HTTP/2", () => {
  let authority: Authority;
  let good: Identity;

  beforeAll(async () => {
    authority = await makeAuthority();
    good = await authority.issue({ names: ["orders.test"] });
  });

  const listenH2 = (onStream: OnStream) => serve(createSecureServer({ ...good }), onStream);
  const probe = () => probing({ caPem: authority.cert });

  test("is spoken where the target says so and the peer agrees", async () => {
    const seen: Readonly<Record<string, unknown>>[] = [];
    const port = await listenH2((stream, _, headers) => {
      seen.push(headers);
      stream.respond({ ":status": 201, "x-amzn-requestid": "r-1", "set-cookie": ["a=1", "b=2"] });
      stream.end("hello");
    });
    const send = { method: "POST", path: "/p?x=1", headers: { "x-trace": "1" }, body: "abc" };
    const exchange = await performOne(probe(), secureAt(port, { protocol: "h2" }), step("answered", { send }));
    const answer = answerOf(exchange);
    expect(answer).toMatchObject({ status: 201, statusText: "", body: "hello", bodyBytes: 5, keptAlive: true });
    expect(answer.headers).toEqual(
      expect.arrayContaining([
        ["x-amzn-requestid", "r-1"],
        ["set-cookie", "a=1"],
        ["set-cookie", "b=2"],
      ]),
    );
    expect(exchange.tls?.alpn).toBe("h2");
    expect(exchange.connection).toMatchObject({ protocol: "h2", reusedSocket: false });
    expect(exchange.phases.serviceMs).toBeGreaterThan(0);
    const [headers = {}] = seen;
    expect(Object.fromEntries(Object.entries(headers))).toEqual({
      ":method": "POST",
      ":path": "/p?x=1",
      ":scheme": "https",
      ":authority": "orders.test",
      "user-agent": "pathproof",
      "content-length": "3",
      "x-trace": "1",
    });
  });

  test("uses its connection again", async () => {
    const port = await listenH2((stream) => {
      stream.respond({ ":status": 200 });
      stream.end("hi");
    });
    const exchanges = await probe().perform(secureAt(port, { protocol: "h2" }), "reuse", [
      step("answered"),
      step("answered", { label: "second", keptAfter: 50 }),
    ]);
    expect(exchanges.map(({ connection }) => connection)).toMatchObject([
      { id: 1, reusedSocket: false, requestsBefore: 0, idleMs: null },
      { id: 1, reusedSocket: true, requestsBefore: 1 },
    ]);
    expect(exchanges.map((one) => answerOf(one).body)).toEqual(["hi", "hi"]);
  });

  test("is not spoken to a peer that does not agree to it", async () => {
    const heard: string[] = [];
    const { port } = await listenTls({ ...good }, (socket) =>
      socket.on("data", (chunk) => heard.push(chunk.toString())),
    );
    const exchange = await performOne(probe(), secureAt(port, { protocol: "h2" }));
    expect(failureOf(exchange)).toEqual({ kind: "malformed", detail: expect.stringContaining("no h2 in ALPN") });
    expect(heard).toEqual([]);
  });

  test("is refused by the alert of a peer that wants something else", async () => {
    const { port } = await listenTls({ ...good, ALPNProtocols: ["http/1.1"] }, () => {});
    const exchange = await performOne(probe(), secureAt(port, { protocol: "h2" }));
    expect(failureOf(exchange)).toEqual({ kind: "tls-alert", alert: "no_application_protocol" });
  });

  test("works in the clear where the peer is known to speak it", async () => {
    const port = await serve(createPlainServer(), (stream) => {
      stream.respond({ ":status": 200 });
      stream.end("clear");
    });
    const exchange = await performOne(probing(), plainAt(port, { protocol: "h2" }));
    expect(answerOf(exchange).body).toBe("clear");
  });

  test("reports a stream that the peer resets before it answers", async () => {
    const port = await listenH2((stream) => stream.close(2));
    const exchange = await performOne(probe(), secureAt(port, { protocol: "h2" }));
    expect(failureOf(exchange)).toEqual({ kind: "reset", phase: "wait" });
  });

  test("reports a stream that the peer resets inside the body", async () => {
    const port = await listenH2((stream) => {
      stream.respond({ ":status": 200, "content-length": 10 });
      stream.write("abc");
      setTimeout(() => stream.close(2), 50);
    });
    const exchange = await performOne(probe(), secureAt(port, { protocol: "h2" }));
    expect(failureOf(exchange)).toEqual({ kind: "reset", phase: "receive" });
  });

  test("reports a GOAWAY that leaves the request unanswered", async () => {
    const port = await listenH2((stream) => {
      stream.session?.goaway(0, 0);
      setTimeout(() => stream.session?.destroy(), 50);
    });
    const exchange = await performOne(probe(), secureAt(port, { protocol: "h2" }));
    expect(failureOf(exchange)).toEqual({ kind: "closed", phase: "wait" });
  });

  test("hears a GOAWAY beside the answer, and asks the next thing elsewhere", async () => {
    const port = await listenH2((stream, count) => {
      if (count === 1) stream.session?.goaway(0);
      setTimeout(() => {
        stream.respond({ ":status": 200 });
        stream.end("hi");
      }, 30);
    });
    const exchanges = await probe().perform(secureAt(port, { protocol: "h2" }), "reuse", [
      step("answered"),
      step("answered", { label: "second", keptAfter: 10 }),
    ]);
    expect(exchanges.map((one) => answerOf(one).keptAlive)).toEqual([false, true]);
    expect(exchanges.map(({ connection }) => connection?.id)).toEqual([1, 2]);
  });

  test.each([
    ["closed", (socket: Socket | undefined) => socket?.end(), { kind: "closed", phase: "wait" }],
    ["reset", (socket: Socket | undefined) => socket?.resetAndDestroy(), { kind: "reset", phase: "wait" }],
  ])("reports a connection that is %s before the answer", async (_what, then, failure) => {
    const { port } = await listenRaw((socket) => {
      let heard = 0;
      socket.on("data", (chunk) => {
        // Settings first, or there is no HTTP/2 at all.
        if (heard === 0) socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]));
        heard += chunk.length;
        setTimeout(() => then(socket), 50);
      });
    });
    const exchange = await performOne(probing(), plainAt(port, { protocol: "h2" }));
    expect(failureOf(exchange)).toEqual(failure);
  });

  test("calls a peer that answers in HTTP/1.1 malformed", async () => {
    const { port } = await listenRaw((socket) => socket.write("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"));
    const exchange = await performOne(probing(), plainAt(port, { protocol: "h2" }));
    expect(failureOf(exchange)).toMatchObject({ kind: "malformed" });
  });

  test("ends on time when the peer says nothing", async () => {
    const port = await listenH2(() => {});
    const target = secureAt(port, { protocol: "h2", deadlines: deadlines({ firstByteMs: 250 }) });
    const exchange = await performOne(probe(), target);
    expect(failureOf(exchange)).toMatchObject({ kind: "timeout", phase: "wait", afterMs: 250 });
    expect(exchange.tookMs).toBeLessThan(1250);
  });

  test("ends a body that never ends", async () => {
    const port = await listenH2((stream) => {
      stream.respond({ ":status": 200 });
      const drip = setInterval(() => stream.write("."), 20);
      stream.on("close", () => clearInterval(drip));
    });
    const target = secureAt(port, { protocol: "h2", deadlines: deadlines({ totalMs: 400 }) });
    expect(failureOf(await performOne(probe(), target))).toMatchObject({
      kind: "timeout",
      phase: "receive",
      afterMs: 400,
    });
  });
});
