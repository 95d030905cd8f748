import { createServer, type Server, type Socket } from "node:net";
import { createServer as createSecureServer } from "node:tls";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { makeAuthority } from "../../support/certificates.ts";
import { type HostilePeer, http1Peers } from "../../support/hostile/http1-peers.ts";
import { http2Peers } from "../../support/hostile/http2-peers.ts";
import { type Act, play } from "../../support/hostile/play.ts";
import { tlsPeers } from "../../support/hostile/tls-peers.ts";
import { portOf } from "../../support/listen.ts";
import { deadlines, performOne, plainAt, probing, secureAt } from "../../support/probing.ts";

const authority = await makeAuthority();
const identity = await authority.issue({ names: ["orders.test"] });
const soon = deadlines({ tlsMs: 400, firstByteMs: 400, totalMs: 600 });
/** What a busy machine takes on top of a deadline. */
const slackMs = 5000;

async function listen(server: Server): Promise<number> {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return portOf(server);
}

/** Plays the script to whoever has spoken, and hears nothing else. */
const playing =
  (acts: () => readonly Act[]) =>
  (socket: Socket): void => {
    socket.on("error", () => {});
    socket.resume();
    socket.once("data", () => void play(socket, acts()));
  };

async function meet(server: Server, at: (port: number, over: Partial<Target>) => Target, over: Partial<Target> = {}) {
  const target = at(await listen(server), { deadlines: soon, ...over });
  return await performOne(probing({ caPem: authority.cert }), target);
}

function expectTyped({ outcome, phases }: Exchange, { causes }: HostilePeer): void {
  const answers = causes.some((code) => code.startsWith("unexpected"));
  expect(answers ? ["answered", "failed"] : ["failed"]).toContain(outcome.kind);
  if (outcome.kind === "failed") expect(outcome.failure.kind).not.toMatch(/^(?:interrupted|file-limit)$/);
  expect(phases.totalMs).toBeLessThan(600 + slackMs);
}

describe("a hostile peer", () => {
  test.each(http1Peers)("of HTTP/1.1 that sends $name", async (peer) => {
    expectTyped(await meet(createServer(playing(() => peer.acts)), plainAt), peer);
  });

  test.each(tlsPeers)("of TLS that sends $name", async (peer) => {
    expectTyped(await meet(createServer(playing(() => peer.acts)), secureAt), peer);
  });

  test.each(http2Peers)("of HTTP/2 that sends $name", async (peer) => {
    const server = createSecureServer(
      { ...identity, ALPNProtocols: ["h2"] },
      playing(() => peer.acts),
    );
    server.on("tlsClientError", () => {});
    expectTyped(await meet(server, secureAt, { protocol: "h2" }), peer);
  });

  const piece = fc.oneof(
    fc.constantFrom(
      "HTTP/1.1 200 OK\r\n",
      "HTTP/1.1 100 Continue\r\n\r\n",
      "content-length: 5\r\n",
      "transfer-encoding: chunked\r\n",
      "connection: close\r\n",
      "\r\n",
      "\n",
      "5\r\nhello\r\n",
      "0\r\n\r\n",
      "\u0000",
      "hello",
    ),
    fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
  );

  test("that sends anything at all comes to an answer or a failure of a known kind, in time", {
    timeout: 120_000,
  }, async () => {
    let acts: readonly Act[] = [];
    const port = await listen(createServer(playing(() => acts)));
    const probe = probing();
    const target = plainAt(port, { deadlines: deadlines({ firstByteMs: 60, totalMs: 120 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), fc.constantFrom("fin", "rst", null), async (pieces, how) => {
        const sent = pieces.map((text): Act => ({ kind: "send", bytes: Buffer.from(text, "latin1") }));
        acts = how === null ? sent : [...sent, { kind: "end", how }];
        const { outcome, phases } = await performOne(probe, target);
        expect(["answered", "failed"]).toContain(outcome.kind);
        if (outcome.kind === "failed") expect(outcome.failure.kind).not.toBe("other");
        expect(phases.totalMs).toBeLessThan(120 + slackMs);
      }),
      { numRuns: 100, seed: 20261125 },
    );
  });
});
