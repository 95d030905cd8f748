import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { flood, play } from "../../support/hostile/play.ts";
import { listenHttp, listenRaw, listenReplying, okReply } from "../../support/listen.ts";
import { answerOf, deadlines, failureOf, plainAt, probing, step } from "../../support/probing.ts";

const twice = (keptAfter: number) => [step("answered"), step("answered", { label: "second", keptAfter })];

describe("a kept socket", () => {
  test("serves again after the silence, with its history", async () => {
    const { port, accepted } = await listenReplying(() => okReply());
    const exchanges = await probing().perform(plainAt(port), "reuse", [
      ...twice(150),
      step("answered", { label: "third", keptAfter: 0 }),
    ]);
    expect(exchanges.map(({ outcome }) => outcome.kind)).toEqual(["answered", "answered", "answered"]);
    expect(exchanges.map(({ connection }) => connection)).toMatchObject([
      { id: 1, reusedSocket: false, requestsBefore: 0, idleMs: null },
      { id: 1, reusedSocket: true, requestsBefore: 1 },
      { id: 1, reusedSocket: true, requestsBefore: 2 },
    ]);
    const second = exchanges[1];
    expect(second?.connection?.idleMs).toBeGreaterThan(140);
    expect(second?.connection?.ageMs).toBeGreaterThan(140);
    expect(second?.sent.keptAfterMs).toBe(150);
    expect(second?.phases).toMatchObject({ dnsMs: null, connectMs: null });
    expect(second?.phases.totalMs).toBeLessThan(140);
    expect(accepted).toHaveLength(1);
  });

  test("is not kept for the next script, nor for a step that asks for a fresh one", async () => {
    const { port, accepted } = await listenReplying(() => okReply());
    const probe = probing();
    await probe.perform(plainAt(port), "a", [step("answered"), step("answered", { label: "second" })]);
    await probe.perform(plainAt(port), "b", [step("answered", { keptAfter: 0 })]);
    expect(accepted).toHaveLength(3);
  });

  test("that the peer closed in the meantime is replaced, visibly, without waiting any longer", async () => {
    const { port, accepted } = await listenRaw((socket) => {
      socket.on("data", () => {
        socket.write(okReply());
        setTimeout(() => socket.end(), 50);
      });
    });
    const startedAt = performance.now();
    const [, second] = await probing().perform(plainAt(port), "reuse", twice(20_000));
    expect(second?.outcome.kind).toBe("answered");
    expect(second?.connection).toMatchObject({ id: 2, reusedSocket: false, requestsBefore: 0, idleMs: null });
    expect(second?.sent.keptAfterMs).toBe(20_000);
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(accepted).toHaveLength(2);
  });

  test("on which the peer floods unasked is ended, and replaced without waiting any longer", async () => {
    const taken: Socket[] = [];
    const { port } = await listenRaw((socket) => {
      taken.push(socket);
      socket.on("data", () => {
        socket.write(okReply());
        setTimeout(() => void play(socket, [flood("x")]), 50);
      });
    });
    const startedAt = performance.now();
    const [, second] = await probing().perform(plainAt(port), "reuse", twice(20_000));
    expect(second?.connection).toMatchObject({ id: 2, reusedSocket: false });
    expect(performance.now() - startedAt).toBeLessThan(8000);
    expect(taken[0]?.bytesWritten).toBeLessThan(20_000_000);
  });

  test("that the peer reset in the meantime is replaced", async () => {
    const { port } = await listenRaw((socket) => {
      socket.on("data", () => {
        socket.write(okReply());
        setTimeout(() => socket.resetAndDestroy(), 50);
      });
    });
    const [, second] = await probing().perform(plainAt(port), "reuse", twice(20_000));
    expect(second?.connection).toMatchObject({ id: 2, reusedSocket: false });
  });

  test("on which the peer spoke unasked is replaced", async () => {
    const { port } = await listenRaw((socket) => {
      socket.on("data", () => {
        socket.write(okReply());
        setTimeout(() => socket.write("HTTP/1.1 408 Request Timeout\r\n\r\n"), 30);
      });
    });
    const [, second] = await probing().perform(plainAt(port), "reuse", twice(150));
    expect(answerOf(second ?? expect.fail()).status).toBe(200);
    expect(second?.connection).toMatchObject({ id: 2, reusedSocket: false });
  });

  test("that the peer announced to close is replaced", async () => {
    const { port } = await listenReplying((_, socket) => {
      setTimeout(() => socket.end(), 20);
      return "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    });
    const [first, second] = await probing().perform(plainAt(port), "reuse", twice(0));
    expect(answerOf(first ?? expect.fail()).keptAlive).toBe(false);
    expect(second?.connection).toMatchObject({ id: 2, reusedSocket: false });
  });

  test.each([
    ["is reset on its second request", "rst", { kind: "reset", phase: "wait" }],
    ["is closed on its second request", "fin", { kind: "closed", phase: "wait" }],
    ["is silent to its second request", "silent", { kind: "timeout", phase: "wait", afterMs: 250 }],
  ])("that %s is a failure on a reused socket, and nothing is sent twice", async (_what, end, failure) => {
    const { port, accepted } = await listenReplying((_, socket, count) => {
      if (count === 1) return okReply();
      if (end === "rst") socket.resetAndDestroy();
      if (end === "fin") socket.end();
      return null;
    });
    const target = plainAt(port, { deadlines: deadlines({ firstByteMs: 250 }) });
    const [first, second] = await probing().perform(target, "reuse", twice(30));
    expect(first?.outcome.kind).toBe("answered");
    expect(failureOf(second ?? expect.fail())).toMatchObject(failure);
    expect(second?.connection).toMatchObject({ id: 1, reusedSocket: true, requestsBefore: 1 });
    expect(second?.phases).toMatchObject({ waitMs: null, serviceMs: null });
    expect(accepted).toHaveLength(1);
  });

  test("may have carried nothing yet", async () => {
    const { port, accepted } = await listenReplying(() => okReply());
    const [first, second] = await probing().perform(plainAt(port), "silent-start", [
      step("connected"),
      step("answered", { label: "second", keptAfter: 50 }),
    ]);
    expect(first?.outcome.kind).toBe("connected");
    expect(answerOf(second ?? expect.fail()).status).toBe(200);
    expect(second?.connection).toMatchObject({ id: 1, reusedSocket: false, requestsBefore: 0, idleMs: null });
    expect(accepted).toHaveLength(1);
  });

  test("is kept per address when each address is asked", async () => {
    const { port } = await listenReplying(() => okReply());
    const target = plainAt(port, {
      origin: { scheme: "http", host: "orders.test", port },
      pinned: ["127.0.0.1", "127.0.0.9"],
    });
    const exchanges = await probing().perform(target, "zones", [
      step("answered", { address: "each" }),
      step("answered", { label: "second", address: "each", keptAfter: 20 }),
    ]);
    expect(exchanges.map(({ address, connection }) => [address, connection?.reusedSocket ?? null])).toEqual([
      ["127.0.0.1", false],
      ["127.0.0.9", null],
      ["127.0.0.1", true],
      ["127.0.0.9", null],
    ]);
  });

  test("serves a hundred requests in a row without a listener too many", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): unknown => warnings.push(warning);
    process.on("warning", note);
    const { port, accepted } = await listenHttp((_, response) => response.end("hi"));
    const steps = Array.from({ length: 100 }, (_, index) =>
      step("answered", index === 0 ? {} : { label: `${index}`, keptAfter: 0 }),
    );
    const exchanges = await probing().perform(plainAt(port), "reuse", steps);
    process.off("warning", note);
    expect(exchanges.map(({ connection }) => connection?.requestsBefore)).toEqual(steps.map((_, index) => index));
    expect(accepted).toHaveLength(1);
    expect(warnings).toEqual([]);
  });
});
