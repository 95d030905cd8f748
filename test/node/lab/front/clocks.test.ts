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

describe.each(["http", "https"] as const)("the idle clock of a front that speaks %s", (scheme) => {
  const open = (address: string, port: number) =>
    scheme === "http" ? connected(address, port) : secured(address, port);

  test("ends a quiet connection with FIN at its time, counted from the last answer", () =>
    withFront({ scheme, manners: { idleMs: 500 } }, async ({ port }, address) => {
      const socket = await open(address, port);
      await exchange(socket, get());
      await sleep(350);
      await exchange(socket, get());
      await sleep(350);
      await exchange(socket, get());
      const { end, afterMs } = await watch(socket, null, 3000);
      expect(end).toBe("fin");
      expect(afterMs).toBeGreaterThan(450);
      expect(afterMs).toBeLessThan(1500);
      socket.destroy();
    }));

  test("leaves a connection alone while an answer is awaited", () =>
    withFront(
      {
        scheme,
        manners: { idleMs: 100 },
        app: async () => ({ kind: "response", afterMs: 600, status: 200, statusText: "OK", headers: [], body: "late" }),
      },
      async ({ port }, address) => {
        const socket = await open(address, port);
        expect(await exchange(socket, get())).toContain("late");
        socket.destroy();
      },
    ));

  test("can end it with RST", () =>
    withFront({ scheme, manners: { idleMs: 200, idleEnd: "rst" } }, async ({ port }, address) => {
      const socket = await open(address, port);
      await exchange(socket, get());
      expect((await watch(socket, null, 3000)).end).toBe("ECONNRESET");
    }));

  test("can keep quiet until the next bytes and answer those with RST", () =>
    withFront({ scheme, manners: { idleMs: 200, idleEnd: "rst-on-next-byte" } }, async ({ port }, address) => {
      const socket = await open(address, port);
      await exchange(socket, get());
      expect((await watch(socket, null, 600)).end).toBe("timeout");
      expect(await watch(socket, get(), 3000)).toMatchObject({ text: "", end: "ECONNRESET" });
    }));

  test("can forget it without a word", () =>
    withFront({ scheme, manners: { idleMs: 200, idleEnd: "silent" } }, async ({ port }, address) => {
      const socket = await open(address, port);
      await exchange(socket, get());
      await sleep(400);
      expect(await watch(socket, get(), 800)).toMatchObject({ text: "", end: "timeout" });
      socket.destroy();
    }));
});

describe("the lifetime of a connection", () => {
  test("is announced with the last answer where the kind does so", () =>
    withFront({ manners: { lifetimeMs: 300, lifetimeEnd: "announce" } }, async ({ port }, address) => {
      const socket = await connected(address, port);
      expect((await exchange(socket, get())).toLowerCase()).not.toContain("connection: close");
      await sleep(500);
      const seen = await watch(socket, get(), 3000);
      expect(seen.text.toLowerCase()).toContain("connection: close");
      expect(seen.end).toBe("fin");
    }));

  test("ends with FIN without announcement where the kind just closes", () =>
    withFront({ manners: { lifetimeMs: 400 } }, async ({ port }, address) => {
      const socket = await connected(address, port);
      await exchange(socket, get());
      const { end, afterMs } = await watch(socket, null, 3000);
      expect(end).toBe("fin");
      expect(afterMs).toBeLessThan(1500);
    }));

  test("ends an h2 session with GOAWAY", () =>
    withFront({ scheme: "https", manners: { lifetimeMs: 300, alpn: ["h2"] } }, async ({ port }, address) => {
      const session = connectH2(`https://${address}:${port}`, { ca: authorityPem, servername: frontName });
      const code = await new Promise((done, fail) => {
        session.once("goaway", done).once("error", fail);
        setTimeout(() => fail(new Error("no GOAWAY")), 3000).unref();
      });
      expect(code).toBe(0);
      session.destroy();
    }));
});
