import { connect as connectH2 } from "node:http2";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import {
  authorityPem,
  connected,
  exchange,
  frontName,
  get,
  secured,
  watch,
  withFront,
} from "../../../support/front.ts";

const bodyOf = (answer: string): Record<string, unknown> => JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4));

describe("a healthy front", () => {
  test("answers request after request on one connection and counts them, without a Keep-Alive hint", () =>
    withFront({}, async ({ port }, address) => {
      const socket = await connected(address, port);
      const first = await exchange(socket, get("/one"));
      const second = await exchange(socket, get("/two?x=%2F"));
      expect(bodyOf(first)).toMatchObject({ path: "/one", requestsBefore: 0, scheme: "http", serverName: null });
      expect(bodyOf(second)).toMatchObject({ path: "/two?x=%2F", requestsBefore: 1 });
      expect(first.toLowerCase()).not.toContain("keep-alive: timeout");
      expect(first.match(/set-cookie/gi)).toHaveLength(2);
      socket.destroy();
    }));

  test("hands on every header in order, repeats kept", () =>
    withFront({}, async ({ port }, address) => {
      const socket = await connected(address, port);
      const answer = await exchange(socket, `GET / HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nx-b: 2\r\nX-A: 3\r\n\r\n`);
      expect(bodyOf(answer)["headers"]).toEqual([
        ["host", "h"],
        ["x-a", "1"],
        ["x-b", "2"],
        ["x-a", "3"],
      ]);
      socket.destroy();
    }));

  test("listens on all its addresses on one port", () =>
    withFront({ addresses: ["127.0.0.1", "127.91.1.1", "127.91.2.1"] }, async ({ port }) => {
      for (const address of ["127.0.0.1", "127.91.1.1", "127.91.2.1"]) {
        const socket = await connected(address, port);
        expect(await exchange(socket, get())).toContain("200 OK");
        socket.destroy();
      }
    }));

  test("secures https with its authority's certificate and tells the application the SNI name", () =>
    withFront({ scheme: "https" }, async ({ port }, address) => {
      const socket = await secured(address, port);
      expect(socket.getProtocol()).toBe("TLSv1.3");
      expect(bodyOf(await exchange(socket, get()))).toMatchObject({ scheme: "https", serverName: frontName });
      expect(bodyOf(await exchange(socket, get()))).toMatchObject({ requestsBefore: 1 });
      socket.destroy();
    }));

  test("offers its protocols by ALPN and takes the client's only one", () =>
    withFront({ scheme: "https", manners: { alpn: ["h2", "http/1.1"] } }, async ({ port }, address) => {
      const both = await secured(address, port, { ALPNProtocols: ["h2", "http/1.1"] });
      const one = await secured(address, port, { ALPNProtocols: ["http/1.1"] });
      expect([both.alpnProtocol, one.alpnProtocol]).toEqual(["h2", "http/1.1"]);
      both.destroy();
      one.destroy();
    }));

  test("speaks h2: the same application, host from :authority", () =>
    withFront({ scheme: "https", manners: { alpn: ["h2", "http/1.1"] } }, async ({ port }, address) => {
      const session = connectH2(`https://${address}:${port}`, { ca: authorityPem, servername: frontName });
      const ask = (path: string): Promise<Record<string, unknown>> =>
        new Promise((done, fail) => {
          const stream = session.request({ ":path": path, ":method": "POST", "x-a": "1" });
          let text = "";
          stream.setEncoding("utf8").on("data", (chunk: string) => {
            text += chunk;
          });
          stream.on("end", () => done(JSON.parse(text))).on("error", fail);
          stream.end("hello");
        });
      expect(await ask("/a?b")).toMatchObject({ path: "/a?b", method: "POST", bytes: 5, requestsBefore: 0 });
      expect(await ask("/c")).toMatchObject({ requestsBefore: 1, headers: expect.arrayContaining([["x-a", "1"]]) });
      session.destroy();
    }));

  test("takes large bodies, and refuses those beyond its bound with 413", () =>
    withFront({}, async ({ port }, address) => {
      const send = async (bytes: number): Promise<Response> =>
        fetch(`http://${address}:${port}/`, {
          method: "POST",
          body: Buffer.alloc(bytes),
          signal: AbortSignal.timeout(9000),
        });
      expect(await (await send(10 * 1024 * 1024)).json()).toMatchObject({ bytes: 10 * 1024 * 1024 });
      expect((await send(13 * 1024 * 1024)).status).toBe(413);
    }));

  test("answers HEAD with the length and no body", () =>
    withFront({}, async ({ port }, address) => {
      const answer = await fetch(`http://${address}:${port}/`, { method: "HEAD" });
      expect(Number(answer.headers.get("content-length"))).toBeGreaterThan(10);
    }));

  test("serves 200 connections at once and stops within a second", async () => {
    let port = 0;
    let stoppedMs = 0;
    await withFront({}, async (front, address) => {
      port = front.port;
      const sockets = await Promise.all(Array.from({ length: 200 }, () => connected(address, port)));
      await Promise.all(sockets.map((socket) => exchange(socket, get())));
      const ended = Promise.all(sockets.map((socket) => watch(socket, null, 3000)));
      const startedAt = performance.now();
      await front.stop();
      stoppedMs = performance.now() - startedAt;
      expect((await ended).filter(({ end }) => end === "timeout")).toEqual([]);
    });
    expect(stoppedMs).toBeLessThan(1000);
    await expect(connected("127.0.0.1", port)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("writes raw bytes as they are, and ends as it was told", async () => {
    for (const [end, seen] of [
      ["fin", "fin"],
      ["rst", "ECONNRESET"],
      ["hang", "timeout"],
    ] as const)
      await withFront(
        { app: async () => ({ kind: "raw", afterMs: 0, bytes: Buffer.from("HTTP/1.1 2"), end }) },
        async ({ port }, address) => {
          const socket = await connected(address, port);
          const watched = await watch(socket, get(), 500);
          expect([watched.end, end === "rst" ? "HTTP/1.1 2" : watched.text]).toEqual([seen, "HTTP/1.1 2"]);
          socket.destroy();
        },
      );
  });

  test("waits as long as the reply says before it answers", () =>
    withFront(
      {
        app: async () => ({ kind: "response", afterMs: 300, status: 200, statusText: "OK", headers: [], body: "late" }),
      },
      async ({ port }, address) => {
        const socket = await connected(address, port);
        const startedAt = performance.now();
        expect(await exchange(socket, get())).toContain("late");
        expect(performance.now() - startedAt).toBeGreaterThan(280);
        socket.destroy();
        await sleep(1);
      },
    ));
});
