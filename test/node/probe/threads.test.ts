import { createServer } from "node:http";
import type { Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { addressesMax, type Step } from "#core/observations/step.ts";
import { ms } from "#core/units.ts";
import { listenRaw, okReply } from "../../support/listen.ts";
import { plainAt, probing, step } from "../../support/probing.ts";

/** Answers, and does to the socket whatever `idle` says once the answer is out. */
async function server(idle: (socket: Socket) => void): Promise<number> {
  const http = createServer((request, response) => {
    response.once("finish", () => idle(request.socket));
    response.end("tea");
  });
  http.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  const address = http.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

const thread = (name: string, idleBeforeMs: number, over: Partial<Step> = {}): readonly Step[] => [
  step("answered", { label: `${name} first`, thread: name, address: "each", ...over }),
  step("answered", {
    label: `${name} again`,
    thread: name,
    address: "each",
    socket: { kind: "kept", idleBeforeMs: ms(idleBeforeMs), ifGone: "end" },
  }),
];

test("threads idle side by side, each on a socket of its own, and come back in the script's order", async () => {
  const port = await server(() => {});
  const startedAt = performance.now();
  const exchanges = await probing().perform(
    plainAt(port),
    "c",
    [300, 400, 500].flatMap((gap) => thread(`${gap}`, gap)),
  );
  expect(performance.now() - startedAt).toBeLessThan(1100);
  expect(exchanges.map((one) => one.step)).toEqual([300, 400, 500].flatMap((gap) => [`${gap} first`, `${gap} again`]));
  expect(new Set(exchanges.map(({ connection }) => connection?.id)).size).toBe(3);
  for (const { connection } of exchanges.filter(({ step: label }) => label.endsWith("again"))) {
    expect(connection?.reusedSocket).toBe(true);
  }
});

test("a named thread goes to every address of the name", async () => {
  const port = await server(() => {});
  const target = plainAt(port, {
    origin: { scheme: "http", host: "orders.test", port },
    pinned: ["127.0.0.1", "127.0.0.2"],
  });
  const exchanges = await probing().perform(target, "c", thread("a", 10));
  expect(exchanges.map(({ address }) => address)).toEqual(
    ["127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.2"].slice(0, exchanges.length),
  );
  expect(exchanges.length).toBeGreaterThanOrEqual(3);
});

test("of a name that leads to hundreds of addresses, 32 are gone to, and the rest is counted", async () => {
  let accepted = 0;
  const { port } = await listenRaw((socket) => {
    accepted++;
    socket.on("data", () => socket.write(okReply()));
  }, "0.0.0.0");
  const pinned = Array.from({ length: 300 }, (_, index) => `127.0.${1 + (index >> 8)}.${index & 255}`);
  const target = plainAt(port, { origin: { scheme: "http", host: "orders.test", port }, pinned });
  const each = await probing().perform(target, "c", [step("connected", { address: "each" })]);
  const threads = await probing().perform(target, "c", thread("a", 1));
  const first = pinned.toSorted().slice(0, addressesMax);
  expect(accepted).toBe(2 * addressesMax);
  expect(each.map(({ address }) => address)).toEqual(first);
  expect([...new Set(threads.map(({ address }) => address))]).toEqual(first);
  expect(new Set([...each, ...threads].map(({ leftOut }) => leftOut))).toEqual(new Set([268]));
});

test.each([
  ["closed", (socket: Socket) => socket.end()],
  ["reset", (socket: Socket) => socket.resetAndDestroy()],
] as const)("a socket that is %s in silence is an end of its own, with its moment", async (kind, end) => {
  const port = await server((socket) => void setTimeout(() => end(socket), 200));
  const [first, again] = await probing().perform(plainAt(port), "c", thread("a", 5000));
  expect(again?.outcome).toEqual({ kind: "failed", failure: { kind, phase: "idle" } });
  expect(again?.connection?.id).toBe(first?.connection?.id);
  expect(again?.connection?.idleMs).toBeGreaterThan(150);
  expect(again?.connection?.idleMs).toBeLessThan(3000);
});

test("what a server says unasked before it closes is kept, and does not shorten the silence", async () => {
  const port = await server((socket) => {
    setTimeout(() => socket.end("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n"), 200);
  });
  const [, again] = await probing().perform(plainAt(port), "c", thread("a", 5000));
  expect(again?.connection?.unasked).toMatchObject({ text: "HTTP/1.1 408 Request Timeout", goaway: false });
  expect(again?.connection?.idleMs).toBeGreaterThan(150);
});

test("TCP keep-alive is on where a step asks for it, and the record says so", async () => {
  const port = await server(() => {});
  const over = { socket: { kind: "fresh", tcpKeepAliveMs: ms(1000) } } as const;
  const exchanges = await probing().perform(plainAt(port), "c", [...thread("on", 10, over), ...thread("off", 10)]);
  expect(exchanges.map(({ sent }) => sent.tcpKeepAliveMs)).toEqual([1000, undefined, undefined, undefined]);
});
