import { createSecureServer } from "node:http2";
import { beforeAll, describe, expect, test } from "vitest";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import { ms } from "#core/units.ts";
import { type Authority, type Identity, makeAuthority, makeSelfSigned } from "../../support/certificates.ts";
import { runEngine } from "../../support/engine.ts";
import { loadPlan, plannedTarget } from "../../support/k6.ts";
import { listen, listenRaw, listenTls, okReply } from "../../support/listen.ts";

const made: { authority: Authority | null; good: Identity | null } = { authority: null, good: null };
beforeAll(async () => {
  made.authority = await makeAuthority();
  made.good = await made.authority.issue({ names: ["orders.example"] });
});
const authority = (): Authority => {
  if (made.authority === null) throw new Error("no authority");
  return made.authority;
};
const good = (): Identity => {
  if (made.good === null) throw new Error("no certificate");
  return made.good;
};

const replying = (identity: Identity, seen: { requests: number } = { requests: 0 }) =>
  listenTls({ ...identity }, (socket) => {
    socket.on("data", () => {
      seen.requests += 1;
      socket.write(okReply());
    });
  });

const run = (port: number, over: Partial<PlannedTarget> = {}, connections = 2) =>
  runEngine(
    loadPlan(
      [
        plannedTarget("only", port, {
          origin: `https://orders.example:${port}`,
          hostHeader: "orders.example",
          ...over,
        }),
      ],
      { arrival: { kind: "closed", connections }, durationMs: ms(400) },
    ),
    { caPem: authority().cert },
  );

describe("TLS under the Node engine", () => {
  test("is shaken once for each connection, and its time told apart", async () => {
    const { port, accepted } = await replying(good());
    const { samples } = await run(port);
    expect(samples.length).toBeGreaterThan(4);
    expect(samples.every(({ failure }) => failure === null)).toBe(true);
    expect(accepted).toHaveLength(2);
    const opened = samples.filter(({ tlsMs }) => tlsMs !== null);
    expect(opened).toHaveLength(2);
    for (const { tlsMs, connectMs, serviceMs } of opened) {
      expect(tlsMs).toBeGreaterThan(0);
      expect(connectMs).toBeGreaterThan(0);
      expect(serviceMs).toBeGreaterThan(0);
    }
  });

  test.each([
    ["for another name", () => authority().issue({ names: ["other.example"] }), "tls-name-mismatch"],
    ["of an unknown issuer", () => makeSelfSigned({ names: ["orders.example"] }), "tls-untrusted-issuer"],
    [
      "that has expired",
      () => authority().issue({ names: ["orders.example"], validFromDay: -9, validToDay: -1 }),
      "tls-expired",
    ],
  ])("is refused with a certificate %s, before a byte is sent", async (_, identity, code) => {
    const seen = { requests: 0 };
    const { port } = await replying(await identity(), seen);
    const { samples } = await run(port, {}, 1);
    expect(samples.length).toBeGreaterThan(0);
    expect(samples.every(({ failure }) => failure === code)).toBe(true);
    expect(seen.requests).toBe(0);
  });

  test.each([
    [
      "is not spoken",
      (port: { write(text: string): void }) => port.write("HTTP/1.1 400 Bad\r\n\r\n"),
      "tls-not-spoken",
    ],
    ["is met with silence", () => {}, "tls-handshake-timeout"],
  ])("names a peer where it %s", async (_, answer, code) => {
    const { port } = await listenRaw((socket) => socket.on("data", () => answer(socket)));
    const { samples } = await run(port, { timeoutMs: ms(200) }, 1);
    expect(samples.length).toBeGreaterThan(0);
    expect(samples.every(({ failure }) => failure === code)).toBe(true);
  });

  test("names a peer that resets the handshake", async () => {
    const { port } = await listenRaw((socket) => socket.on("data", () => socket.resetAndDestroy()));
    const { samples } = await run(port, {}, 1);
    expect(samples.every(({ failure }) => failure === "tls-handshake-reset")).toBe(true);
  });
});

describe("HTTP/2 under the Node engine", () => {
  const listenH2 = async (onStream: (count: number) => "answer" | "goaway" | "reset") => {
    let count = 0;
    const server = createSecureServer({ ...good() });
    server.on("sessionError", () => {});
    server.on("stream", (stream, headers) => {
      count += 1;
      stream.on("error", () => {});
      const act = onStream(count);
      if (act === "reset") return stream.session?.destroy();
      stream.respond({ ":status": 200, "x-path": String(headers[":path"]) });
      stream.end("hello");
      if (act === "goaway") stream.session?.close();
    });
    const { port } = await listen(server, "secureConnection", () => {}, "127.0.0.1");
    return { port, requests: () => count };
  };
  const h2 = {
    protocol: "h2",
    requests: [
      {
        name: "main",
        method: "POST",
        path: "/a",
        headers: {},
        body: "b",
        expect: { statuses: [200], body: { kind: "equals", text: "hello" }, headers: { "x-path": "/a" } },
      },
    ],
  } as const;

  test("sends one request after the other on each session", async () => {
    const { port, requests } = await listenH2(() => "answer");
    const { samples } = await run(port, h2);
    expect(samples).toHaveLength(requests());
    expect(samples.length).toBeGreaterThan(4);
    expect(samples.every(({ failure, serviceMs }) => failure === null && (serviceMs ?? 0) > 0)).toBe(true);
    expect(samples.filter(({ tlsMs }) => tlsMs !== null)).toHaveLength(2);
  });

  test("leaves a session that is going away, and sees one that dies under a request", async () => {
    const { port, requests } = await listenH2((count) => (count === 3 ? "goaway" : count === 6 ? "reset" : "answer"));
    const { samples } = await run(port, h2, 1);
    expect(samples).toHaveLength(requests());
    const failed = samples.filter(({ failure }) => failure !== null);
    expect(failed.map(({ failure }) => failure)).toEqual(["stale-reuse-reset"]);
    expect(samples.filter(({ tlsMs }) => tlsMs !== null)).toHaveLength(3);
  });

  test("refuses a peer that does not agree to it", async () => {
    const { port } = await replying(good());
    const { samples } = await run(port, h2, 1);
    expect(samples.every(({ failure }) => failure === "protocol-error")).toBe(true);
  });
});
