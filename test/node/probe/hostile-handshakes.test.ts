import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause, setImmediate } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { makeAuthority } from "../../support/certificates.ts";
import { listenRaw, listenTls, okReply } from "../../support/listen.ts";
import { answerOf, deadlines, failureOf, performOne, probing, secureAt } from "../../support/probing.ts";
import { freePort } from "../../support/servers.ts";
import { findTool } from "../../support/tools.ts";

const authority = await makeAuthority();
const identity = await authority.issue({ names: ["orders.test"] });
const nastyName = "<script>alert(1)</script>\u0000\u001b[2J\u0007.orders.test";
const openssl = findTool("openssl");
const soon = deadlines({ tlsMs: 1500, firstByteMs: 1500, totalMs: 3000 });
const patient = deadlines({ connectMs: 20_000, tlsMs: 20_000, totalMs: 30_000 });
/** What a busy machine takes on top of a deadline. */
const slackMs = 5000;

const meet = (port: number, within = soon) =>
  performOne(probing({ caPem: authority.cert }), secureAt(port, { deadlines: within }));

const answering = (socket: Socket): void => {
  socket.on("error", () => {});
  socket.on("data", () => socket.write(okReply()));
};

async function chainOf(length: number): Promise<string> {
  const others = await Promise.all(
    Array.from({ length }, (_, index) =>
      authority.issue({ names: Array.from({ length: 20 }, (_, at) => `c${index}-${at}.${"x".repeat(40)}.test`) }),
    ),
  );
  return [identity.cert, ...others.map(({ cert }) => cert)].join("\n");
}

interface Begun {
  readonly port: number;
}

/** OpenSSL's own server: once it has read a request it does what the command says, then answers. */
async function listenOpenssl(program: string, version: string, command: string): Promise<Begun> {
  const folder = mkdtempSync(join(tmpdir(), "pathproof-tls-"));
  writeFileSync(join(folder, "key.pem"), identity.key);
  writeFileSync(join(folder, "cert.pem"), identity.cert);
  const port = await freePort();
  const words = ["s_server", "-accept", `127.0.0.1:${port}`, "-key", "key.pem", "-cert", "cert.pem", `-${version}`];
  const server = spawn(program, words, { cwd: folder, stdio: ["pipe", "pipe", "ignore"] });
  onTestFinished(() => {
    server.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  server.stdin.on("error", () => {});
  server.stdout.setEncoding("utf8").on("data", async (text: string) => {
    if (!text.includes("user-agent")) return;
    server.stdin.write(`${command}\n`);
    await pause(100);
    server.stdin.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("exit", (code) => reject(new Error(`openssl s_server ended with ${code}`)));
    server.stdout.on("data", (text: string) => text.includes("ACCEPT") && resolve());
  });
  return { port };
}

/** What the server behind says, a byte at a time. */
async function listenDripping(behind: number, everyMs: number): Promise<number> {
  const { port } = await listenRaw((socket) => {
    const far = connect(behind, "127.0.0.1");
    for (const one of [socket, far]) one.on("error", () => {});
    socket.on("close", () => far.destroy());
    socket.pipe(far);
    far.on("data", async (chunk) => {
      far.pause();
      for (let at = 0; at < chunk.length && !socket.destroyed; at++) {
        socket.write(chunk.subarray(at, at + 1));
        await (everyMs === 0 ? setImmediate() : pause(everyMs));
      }
      far.resume();
    });
  });
  return port;
}

describe("a hostile handshake", () => {
  test.each([
    [10, null],
    [100, "excessive message size"],
    [300, "excessive message size"],
  ])("with a chain of %i certificates that lead nowhere is taken, or told from others", async (length, reason) => {
    const { port } = await listenTls({ ...identity, cert: await chainOf(length) }, answering);
    const exchange = await meet(port);
    if (reason === null) expect(answerOf(exchange).status).toBe(200);
    else expect(failureOf(exchange)).toEqual({ kind: "tls-broken", reason });
    expect(exchange.tookMs).toBeLessThan(3000 + slackMs);
  });

  test("that comes byte by byte is taken", async () => {
    const { port } = await listenTls(identity, answering);
    expect(answerOf(await meet(await listenDripping(port, 0), patient)).status).toBe(200);
  });

  test("that comes slower than its deadline is given up", async () => {
    const { port } = await listenTls(identity, answering);
    const exchange = await meet(await listenDripping(port, 20));
    expect(failureOf(exchange)).toMatchObject({ kind: "timeout", phase: "tls" });
    expect(exchange.tookMs).toBeLessThan(1500 + slackMs);
  });

  test("that is an alert, whichever, of whichever level, is of a known kind", { timeout: 60_000 }, async () => {
    const alerts = [1, 2, 255].flatMap((level) => Array.from({ length: 256 }, (_, code) => [level, code] as const));
    let next = 0;
    const { port } = await listenRaw((socket) => {
      const [level, code] = alerts[next++ % alerts.length] ?? [2, 0];
      socket.on("error", () => {});
      socket.once("data", () => socket.end(Buffer.from([21, 3, 3, 0, 2, level, code])));
    });
    const probe = probing({ caPem: authority.cert });
    const seen = await Promise.all(alerts.map(() => performOne(probe, secureAt(port, { deadlines: patient }))));
    const kinds = new Set(seen.map((one) => failureOf(one)?.kind));
    expect([...kinds].sort()).toEqual(["closed", "tls-alert", "tls-broken"]);
  });

  test.skipIf(openssl === null).each([
    ["a new handshake", "tls1_2", "r"],
    ["a new handshake with a certificate of ours", "tls1_2", "R"],
    ["a new key", "tls1_3", "k"],
    ["new keys", "tls1_3", "K"],
    ["a certificate of ours afterwards", "tls1_3", "c"],
  ])("that is followed by the wish for %s keeps its answer", async (_, version, command) => {
    const { port } = await listenOpenssl(openssl ?? "", version, command);
    const exchange = await meet(port);
    expect(answerOf(exchange).status).toBe(200);
    expect(exchange.tookMs).toBeLessThan(3000 + slackMs);
  });

  test("whose certificate bears NULs, escapes and markup for names is shown as text", async () => {
    const nasty = await authority.issue({ names: [nastyName, "orders.test"] });
    const { port } = await listenTls(nasty, answering);
    const { tls, outcome } = await meet(port);
    expect(outcome.kind).toBe("answered");
    expect(tls?.altNames).toContain("orders.test");
    // Not two names of one: what it holds for a name is no name of this host.
    const other = await authority.issue({ names: ["orders.test\u0000.evil.test", "x, DNS:orders.test"] });
    const { port: at } = await listenTls(other, answering);
    expect(failureOf(await meet(at))).toMatchObject({ kind: "tls-certificate", problem: "name" });
  });
});
