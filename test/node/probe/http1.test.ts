import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { bodyKeptMax } from "#core/observations/exchange.ts";
import type { Failure } from "#core/observations/failure.ts";
import { ms } from "#core/units.ts";
import { makeSelfSigned } from "../../support/certificates.ts";
import { type Listening, listenHttp, listenRaw, listenReplying, listenTls, okReply } from "../../support/listen.ts";
import { answerOf, deadlines, failureOf, performOne, plainAt, probing, step } from "../../support/probing.ts";

const slackMs = 1000;
const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");

/** Says `bytes` to the first request, then does `then`. */
const saying = (bytes: string, then: "fin" | "rst" | "hang" = "hang"): Promise<Listening> =>
  listenRaw((socket) => {
    socket.once("data", () => {
      socket.write(bytes, () => {
        if (then === "fin") socket.end();
        // The bytes before it have to be read first: a reset throws away what is still on its way.
        if (then === "rst") setTimeout(() => socket.resetAndDestroy(), 50);
      });
    });
  });

const failureAt = async ({ port }: Listening): Promise<Failure | null> =>
  failureOf(await performOne(probing(), plainAt(port)));

describe("a request", () => {
  test("goes out with its own headers and nothing else, in order", async () => {
    let seen = "";
    const { port } = await listenReplying((request) => {
      seen = request;
      return okReply();
    });
    const send = {
      method: "POST",
      path: "/a%20b?x=1",
      headers: { "content-type": "application/json", "x-trace": "1" },
      body: '{"ü":1}',
    };
    const exchange = await performOne(probing(), plainAt(port), step("answered", { send }));
    const head = [
      "POST /a%20b?x=1 HTTP/1.1",
      "host: orders.test",
      "user-agent: pathproof",
      "content-length: 8",
      "content-type: application/json",
      "x-trace: 1",
      "",
      "",
    ].join("\r\n");
    expect(Buffer.from(seen, "latin1").toString("utf8")).toBe(`${head}{"ü":1}`);
    expect(exchange.sent).toEqual({
      until: "answered",
      keptAfterMs: null,
      signing: "unsigned",
      method: "POST",
      path: "/a%20b?x=1",
      host: "orders.test",
      bodyBytes: 8,
      headerBytes: head.length,
      canonicalRequest: null,
    });
  });

  test("asks for the target's main request when the step names none", async () => {
    const lines: string[] = [];
    const { port } = await listenReplying((request) => {
      lines.push(request.split("\r\n")[0] ?? "");
      return okReply();
    });
    await performOne(probing(), plainAt(port));
    expect(lines).toEqual(["GET /orders/1 HTTP/1.1"]);
  });

  test("of a POST without a body says that it has none", async () => {
    let seen = "";
    const { port } = await listenReplying((request) => {
      seen = request;
      return okReply();
    });
    await performOne(probing(), plainAt(port), step("answered", { send: { method: "POST" } }));
    expect(seen).toContain("\r\ncontent-length: 0\r\n");
  });

  test.each([
    [{ headers: { "x-bad": "a\nb" } }, "ERR_INVALID_CHAR"],
    [{ path: "/a b" }, "ERR_UNESCAPED_CHARACTERS"],
  ])("that cannot be written is a failure, not a crash: %j", async (send, code) => {
    const { port } = await listenReplying(() => okReply());
    const exchange = await performOne(probing(), plainAt(port), step("answered", { send }));
    expect(failureOf(exchange)).toMatchObject({ kind: "other", code });
  });

  test("of several MiB arrives whole", async () => {
    const body = "x".repeat(6 * 1024 * 1024);
    const { port } = await listenHttp((request, response) => {
      const hash = createHash("sha256");
      request.on("data", (chunk: Buffer) => hash.update(chunk));
      request.on("end", () => response.end(hash.digest("hex")));
    });
    const exchange = await performOne(probing(), plainAt(port), step("answered", { send: { method: "POST", body } }));
    expect(answerOf(exchange).body).toBe(sha256(body));
    expect(exchange.phases.sendMs).toBeGreaterThan(0);
  });
});

describe("an answer", () => {
  test("is read with its status, its headers as sent, its body and when everything happened", async () => {
    const { port } = await saying(
      "HTTP/1.1 418 I'm a teapot\r\nX-Amzn-ErrorType: A\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nContent-Length: 6\r\n\r\nhéllo",
    );
    const exchange = await performOne(probing({ now: () => Date.UTC(2026, 10, 23, 10, 11, 12) }), plainAt(port));
    expect(exchange.outcome).toEqual({
      kind: "answered",
      status: 418,
      statusText: "I'm a teapot",
      headers: [
        ["x-amzn-errortype", "A"],
        ["set-cookie", "a=1"],
        ["set-cookie", "b=2"],
        ["content-length", "6"],
      ],
      body: "héllo",
      bodyBytes: 6,
      bodySha256: sha256("héllo"),
      keptAlive: true,
    });
    expect(exchange).toMatchObject({
      target: "orders",
      check: "some-check",
      step: "first",
      at: "2026-11-23T10:11:12.000Z",
      tls: null,
    });
    const { sendMs, waitMs, receiveMs, serviceMs, totalMs } = exchange.phases;
    expect(Number(sendMs) + Number(waitMs) + Number(receiveMs)).toBeCloseTo(Number(serviceMs), 6);
    expect(totalMs).toBeGreaterThan(Number(serviceMs));
  });

  test("counts the peer's thinking as waiting and its dawdling as receiving", async () => {
    const { port } = await listenHttp((_, response) => {
      setTimeout(() => {
        response.write("a");
        setTimeout(() => response.end("b"), 150);
      }, 250);
    });
    const { phases } = await performOne(probing(), plainAt(port));
    expect(phases.waitMs).toBeGreaterThan(200);
    expect(phases.waitMs).toBeLessThan(380);
    expect(phases.receiveMs).toBeGreaterThan(100);
    expect(phases.receiveMs).toBeLessThan(240);
  });

  test("of any size is hashed whole and kept in part", async () => {
    const body = Buffer.from("é".repeat(100_000));
    const { port } = await listenHttp((_, response) => response.end(body));
    const answer = answerOf(await performOne(probing(), plainAt(port)));
    expect(answer.bodyBytes).toBe(200_000);
    expect(answer.bodySha256).toBe(sha256(body));
    expect(answer.body).toBe("é".repeat(bodyKeptMax / 2));
  });

  test("that is not UTF-8 shows replacement characters, control characters stay", async () => {
    const { port } = await listenHttp((_, response) => response.end(Buffer.from([0x61, 0xff, 0x1b, 0x00, 0x62])));
    expect(answerOf(await performOne(probing(), plainAt(port))).body).toBe("a\ufffd\u001b\u0000b");
  });

  test.each([
    ["HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nhi", false],
    ["HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nhi", false],
    ["HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\nhi", true],
    ["HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi", true],
    ["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", true],
  ])("announces whether the connection lives on: %j", async (bytes, keptAlive) => {
    const answer = answerOf(await performOne(probing(), plainAt((await saying(bytes)).port)));
    expect(answer).toMatchObject({ body: "hi", keptAlive });
  });

  test("without a length ends with the connection", async () => {
    const { port } = await saying("HTTP/1.1 200 OK\r\n\r\nuntil the end", "fin");
    expect(answerOf(await performOne(probing(), plainAt(port)))).toMatchObject({
      body: "until the end",
      keptAlive: false,
    });
  });

  test.each([204, 304])("with status %i has no body to wait for", async (status) => {
    const { port } = await saying(`HTTP/1.1 ${status} X\r\n\r\n`);
    expect(answerOf(await performOne(probing(), plainAt(port)))).toMatchObject({ status, bodyBytes: 0 });
  });

  test("may be preceded by interim answers, which do not end the wait", async () => {
    const { port } = await listenRaw((socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n");
        setTimeout(() => socket.write(okReply("late")), 150);
      });
    });
    const exchange = await performOne(probing(), plainAt(port));
    expect(answerOf(exchange).body).toBe("late");
    expect(exchange.phases.waitMs).toBeGreaterThan(100);
  });

  test("may come in one piece with its interim answer", async () => {
    const { port } = await saying(`HTTP/1.1 100 Continue\r\n\r\n${okReply("now")}`);
    const exchange = await performOne(probing(), plainAt(port));
    expect(answerOf(exchange).body).toBe("now");
    expect(exchange.phases.receiveMs).not.toBeNull();
  });

  test("may come before the request was read", async () => {
    const { port } = await listenRaw((socket) => {
      socket.once("data", () => {
        socket.pause();
        socket.end("HTTP/1.1 413 Content Too Large\r\nconnection: close\r\ncontent-length: 3\r\n\r\nbig");
      });
    });
    const send = { method: "POST", body: "x".repeat(8 * 1024 * 1024) };
    const exchange = await performOne(probing(), plainAt(port), step("answered", { send }));
    expect(answerOf(exchange)).toMatchObject({ status: 413, body: "big" });
  });
});

describe("an answer that fails", () => {
  test.each<[string, string, "fin" | "rst" | "hang", Failure]>([
    ["ends before it begins", "", "fin", { kind: "closed", phase: "wait" }],
    ["is reset before it begins", "", "rst", { kind: "reset", phase: "wait" }],
    ["ends inside its head", "HTTP/1.1 200 OK\r\nx-a", "fin", { kind: "closed", phase: "receive" }],
    ["is reset inside its head", "HTTP/1.1 200 OK\r\nx-a", "rst", { kind: "reset", phase: "receive" }],
    [
      "ends inside its body",
      "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc",
      "fin",
      { kind: "truncated", expectedBytes: 10, receivedBytes: 3 } as Failure,
    ],
    [
      "ends inside a chunk",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\na\r\nabc",
      "fin",
      { kind: "truncated", expectedBytes: null, receivedBytes: 3 } as Failure,
    ],
    [
      "ends between chunks",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n",
      "fin",
      { kind: "truncated", expectedBytes: null, receivedBytes: 3 } as Failure,
    ],
    [
      "is reset inside its body",
      "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc",
      "rst",
      { kind: "reset", phase: "receive" },
    ],
  ])("because it %s", async (_what, bytes, then, failure) => {
    expect(await failureAt(await saying(bytes, then))).toEqual(failure);
  });

  test.each([
    ["another protocol", "220 mail.example.org ESMTP\r\n", '; it began with "220 mail.example.org ESMTP\\r\\n"'],
    ["a wrong version", "HTTP/9.9 200 OK\r\n\r\n", '; it began with "HTTP/9.9 200 OK'],
    ["a status that is no number", "HTTP/1.1 abc OK\r\n\r\n", '; it began with "HTTP/1.1 abc OK'],
    ["a space before the colon", "HTTP/1.1 200 OK\r\nx y: z\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"],
    [
      "two lengths",
      "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
      "HPE_UNEXPECTED_CONTENT_LENGTH",
    ],
    [
      "a length beside chunks",
      "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
      "HPE_",
    ],
    ["a length that is no number", "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n", "HPE_INVALID_CONTENT_LENGTH"],
    [
      "a chunk that has no size",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
      "HPE_INVALID_CHUNK_SIZE",
    ],
    [
      "a protocol switch nobody asked for",
      "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
      "",
    ],
  ])("is malformed because of %s", async (_what, bytes, detail) => {
    expect(await failureAt(await saying(bytes))).toEqual({
      kind: "malformed",
      detail: expect.stringContaining(detail),
    });
  });

  test("is malformed when more comes than was announced", async () => {
    expect(await failureAt(await saying("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi there"))).toMatchObject({
      kind: "malformed",
    });
  });

  test("is malformed when an SSH server speaks first", async () => {
    const listening = await listenRaw((socket) => socket.write("SSH-2.0-OpenSSH_9.6\r\n"));
    expect(await failureAt(listening)).toEqual({
      kind: "malformed",
      detail: expect.stringContaining('it began with "SSH-2.0-OpenSSH_9.6\\r\\n"'),
    });
  });

  test("is no HTTP when the port speaks TLS", async () => {
    const identity = await makeSelfSigned({ names: ["orders.test"] });
    const failure = await failureAt(await listenTls({ ...identity }, () => {}));
    // Node's server closes without a word or with an alert, as its OpenSSL sees fit.
    expect(["malformed", "closed", "reset"]).toContain(failure?.kind);
    if (failure?.kind === "malformed") expect(failure.detail).toContain("it began with a TLS record");
  });

  test("is cut off when its headers never end", async () => {
    const listening = await listenRaw((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      const more = (): void => {
        if (socket.writable) socket.write(`x-filler: ${"y".repeat(4096)}\r\n`, () => setImmediate(more));
      };
      socket.once("data", more);
    });
    expect(await failureAt(listening)).toEqual({ kind: "answer-too-large", part: "headers", limitBytes: 262_144 });
  });

  test("is cut off when its body never ends", async () => {
    const listening = await listenHttp((_, response) => {
      const block = Buffer.alloc(1024 * 1024);
      const more = (): void => {
        if (!response.destroyed) response.write(block, () => setImmediate(more));
      };
      more();
    });
    expect(await failureAt(listening)).toEqual({ kind: "answer-too-large", part: "body", limitBytes: 33_554_432 });
  });
});

describe("a deadline", () => {
  test("ends the wait for the first byte", async () => {
    const { port } = await saying("");
    const exchange = await performOne(probing(), plainAt(port, { deadlines: deadlines({ firstByteMs: 250 }) }));
    expect(failureOf(exchange)).toMatchObject({ kind: "timeout", phase: "wait", afterMs: 250 });
    expect(exchange.phases).toMatchObject({ waitMs: null, serviceMs: null });
    expect(exchange.phases.sendMs).not.toBeNull();
    expect(exchange.tookMs).toBeLessThan(250 + slackMs);
  });

  test("for the first byte is not met by an interim answer", async () => {
    const { port } = await saying("HTTP/1.1 100 Continue\r\n\r\n");
    const exchange = await performOne(probing(), plainAt(port, { deadlines: deadlines({ firstByteMs: 250 }) }));
    expect(failureOf(exchange)).toMatchObject({ kind: "timeout", phase: "wait", afterMs: 250 });
  });

  test.each([
    ["its head", "HTTP/1.1 200 OK\r\nx-a: "],
    ["its body", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc"],
  ])("ends an answer that hangs inside %s", async (_where, bytes) => {
    const { port } = await saying(bytes);
    const exchange = await performOne(probing(), plainAt(port, { deadlines: deadlines({ totalMs: 300 }) }));
    expect(failureOf(exchange)).toMatchObject({ kind: "timeout", phase: "receive", afterMs: 300 });
    expect(exchange.tookMs).toBeLessThan(300 + slackMs);
  });

  test("ends a slow drip", async () => {
    const { port } = await listenHttp((_, response) => {
      const drip = setInterval(() => response.write("."), 20);
      response.on("close", () => clearInterval(drip));
    });
    const exchange = await performOne(
      probing(),
      plainAt(port, { deadlines: deadlines({ firstByteMs: 200, totalMs: 500 }) }),
    );
    expect(failureOf(exchange)).toMatchObject({ kind: "timeout", phase: "receive", afterMs: ms(500) });
    expect(exchange.tookMs).toBeLessThan(500 + slackMs);
  });

  test("ends a request whose body is never read", async () => {
    const { port } = await listenRaw((socket) => socket.pause());
    const send = { method: "POST", body: "x".repeat(30 * 1024 * 1024) };
    const exchange = await performOne(
      probing(),
      plainAt(port, { deadlines: deadlines({ totalMs: 500 }) }),
      step("answered", { send }),
    );
    expect(failureOf(exchange)).toMatchObject({ kind: "timeout", phase: "send", afterMs: 500 });
    expect(exchange.tookMs).toBeLessThan(500 + slackMs);
  });
});
