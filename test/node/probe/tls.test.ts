import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import {
  type Authority,
  type Identity,
  makeAuthority,
  makeSelfSigned,
  type Subject,
} from "../../support/certificates.ts";
import { closedPort } from "../../support/dropping-port.ts";
import { listenRaw, listenReplying, listenTls, okReply } from "../../support/listen.ts";
import { answerOf, deadlines, failureOf, performOne, probing, secureAt, step } from "../../support/probing.ts";

const slackMs = 1000;

describe("TLS", () => {
  let authority: Authority;
  let good: Identity;

  beforeAll(async () => {
    authority = await makeAuthority();
    good = await authority.issue({ names: ["orders.test", "*.zone.test"], addresses: ["127.0.0.1"] });
  });

  /** A server that notes every byte it is sent after the handshake. */
  async function listenNoting(identity: Identity): Promise<{ readonly port: number; readonly heard: string[] }> {
    const heard: string[] = [];
    const { port } = await listenTls({ ...identity }, (socket) => {
      socket.on("data", (chunk) => {
        heard.push(chunk.toString("latin1"));
        socket.write(okReply());
      });
    });
    return { port, heard };
  }

  test("is spoken to a peer whose certificate is in order", async () => {
    const { port } = await listenNoting(good);
    const exchange = await performOne(probing({ caPem: authority.cert }), secureAt(port));
    expect(answerOf(exchange).body).toBe("hello");
    expect(exchange.tls).toEqual({
      version: "TLSv1.3",
      cipher: expect.stringMatching(/^TLS_/),
      alpn: null,
      subject: "CN=orders.test",
      issuer: "CN=pathproof test authority",
      altNames: ["orders.test", "*.zone.test", "127.0.0.1"],
      validFrom: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      validTo: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      fingerprint256: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    });
    expect(exchange.phases.tlsMs).toBeGreaterThan(0);
  });

  test("can be all that is asked for, and then nothing is sent", async () => {
    const { port, heard } = await listenNoting(good);
    const exchange = await performOne(probing({ caPem: authority.cert }), secureAt(port), step("secured"));
    expect(exchange.outcome).toEqual({ kind: "secured" });
    expect(exchange.phases).toMatchObject({ sendMs: null, serviceMs: null });
    expect(heard).toEqual([]);
  });

  test("names the server it wants, and never an address", async () => {
    const names: unknown[] = [];
    const { port } = await listenTls({ ...good }, (socket) => {
      names.push(socket.servername);
      socket.on("data", () => socket.write(okReply()));
    });
    const probe = probing({ caPem: authority.cert });
    await performOne(probe, secureAt(port, { hostHeader: "another.test" }));
    const origin = { scheme: "https", host: "127.0.0.1", port } as const;
    const byAddress = await performOne(probe, secureAt(port, { origin, serverName: "127.0.0.1" }));
    expect(answerOf(byAddress).status).toBe(200);
    expect(names).toEqual(["orders.test", false]);
  });

  test.each<[string, Subject, { readonly problem: string; readonly code: string }]>([
    ["another name", { names: ["other.test"] }, { problem: "name", code: "ERR_TLS_CERT_ALTNAME_INVALID" }],
    [
      "a time that has passed",
      { names: ["orders.test"], validFromDay: -20, validToDay: -10 },
      { problem: "expired", code: "CERT_HAS_EXPIRED" },
    ],
    [
      "a time to come",
      { names: ["orders.test"], validFromDay: 10, validToDay: 20 },
      { problem: "not-yet-valid", code: "CERT_NOT_YET_VALID" },
    ],
  ])("refuses a certificate for %s, shows it, and writes nothing", async (_what, subject, failure) => {
    const { port, heard } = await listenNoting(await authority.issue(subject));
    const exchange = await performOne(probing({ caPem: authority.cert }), secureAt(port));
    expect(failureOf(exchange)).toEqual({ kind: "tls-certificate", ...failure });
    expect(exchange.tls).toMatchObject({ altNames: subject.names, issuer: "CN=pathproof test authority" });
    expect(exchange.phases).toMatchObject({ sendMs: null, serviceMs: null });
    await delay(50);
    expect(heard).toEqual([]);
  });

  test("refuses a certificate that vouches for itself", async () => {
    const { port, heard } = await listenNoting(await makeSelfSigned({ names: ["orders.test"] }));
    const exchange = await performOne(probing({ caPem: authority.cert }), secureAt(port));
    expect(failureOf(exchange)).toEqual({
      kind: "tls-certificate",
      problem: "issuer",
      code: "DEPTH_ZERO_SELF_SIGNED_CERT",
    });
    expect(heard).toEqual([]);
  });

  test("refuses an issuer that nobody trusts", async () => {
    const { port, heard } = await listenNoting(good);
    const exchange = await performOne(probing(), secureAt(port));
    expect(failureOf(exchange)).toEqual({
      kind: "tls-certificate",
      problem: "issuer",
      code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    });
    expect(exchange.tls?.issuer).toBe("CN=pathproof test authority");
    expect(heard).toEqual([]);
  });

  test.each([
    ["", /holds no PEM certificate/],
    ["-----BEGIN CERTIFICATE-----\njunk\n-----END CERTIFICATE-----\n", /certificate 1 of 1 cannot be read/],
  ])("does not begin with issuers that cannot be read: %j", (caPem, message) => {
    expect(() => probing({ caPem })).toThrow(message);
  });

  test("refuses a good certificate of a server asked by an address that it does not bear", async () => {
    const { port } = await listenNoting(await authority.issue({ names: ["orders.test"] }));
    const target = secureAt(port, { origin: { scheme: "https", host: "127.0.0.1", port }, serverName: "127.0.0.1" });
    const exchange = await performOne(probing({ caPem: authority.cert }), target);
    expect(failureOf(exchange)).toMatchObject({ kind: "tls-certificate", problem: "name" });
  });

  test.each([
    ["closes after the ClientHello", (socket: Socket) => socket.end(), { kind: "closed", phase: "tls" }],
    ["resets after the ClientHello", (socket: Socket) => socket.resetAndDestroy(), { kind: "reset", phase: "tls" }],
    ["says nothing", () => {}, { kind: "timeout", phase: "tls", afterMs: 300 }],
    ["answers in HTTP", (socket: Socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"), { kind: "tls-not-spoken" }],
    ["answers something else", (socket: Socket) => socket.end("what was that?\n"), { kind: "tls-not-spoken" }],
    [
      "sends the alert handshake_failure",
      (socket: Socket) => socket.write(Buffer.from([21, 3, 3, 0, 2, 2, 40])),
      { kind: "tls-alert", alert: "handshake_failure" },
    ],
    [
      "sends the alert unrecognized_name",
      (socket: Socket) => socket.write(Buffer.from([21, 3, 3, 0, 2, 2, 112])),
      { kind: "tls-alert", alert: "unrecognized_name" },
    ],
    [
      "sends the alert protocol_version",
      (socket: Socket) => socket.write(Buffer.from([21, 3, 1, 0, 2, 2, 70])),
      { kind: "tls-alert", alert: "protocol_version" },
    ],
    [
      "sends the alert internal_error",
      (socket: Socket) => socket.write(Buffer.from([21, 3, 3, 0, 2, 2, 80])),
      { kind: "tls-alert", alert: "internal_error" },
    ],
  ])("fails when the peer %s", async (_what, then, failure) => {
    const { port } = await listenRaw((socket) => {
      socket.once("data", () => then(socket));
    });
    const target = secureAt(port, { deadlines: deadlines({ tlsMs: 300 }) });
    const exchange = await performOne(probing(), target);
    expect(failureOf(exchange)).toMatchObject(failure);
    expect(exchange.tls).toBeNull();
    expect(exchange.connection).not.toBeNull();
    expect(exchange.tookMs).toBeLessThan(300 + slackMs);
  });

  test.each(["SSH-2.0-OpenSSH_9.6\r\n", "220 mail.example.org ESMTP ready\r\n"])(
    "is not spoken by a peer that says first: %j",
    async (banner) => {
      const { port } = await listenRaw((socket) => socket.write(banner));
      expect(failureOf(await performOne(probing(), secureAt(port)))).toEqual({ kind: "tls-not-spoken" });
    },
  );

  test("is not spoken by a plain HTTP server", async () => {
    const { port } = await listenReplying(() => "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
    expect(failureOf(await performOne(probing(), secureAt(port)))).toEqual({ kind: "tls-not-spoken" });
  });

  test("ends on time when the peer hangs in the middle of the handshake", async () => {
    // The head of a record that announces 16 KiB more.
    const { port } = await listenRaw((socket) => {
      socket.once("data", () => socket.write(Buffer.from([22, 3, 3, 0x40, 0, 2, 0, 0, 90])));
    });
    const exchange = await performOne(probing(), secureAt(port, { deadlines: deadlines({ tlsMs: 250 }) }));
    expect(failureOf(exchange)).toMatchObject({ kind: "timeout", phase: "tls", afterMs: 250 });
    expect(exchange.tookMs).toBeLessThan(250 + slackMs);
  });

  test("of version 1.0 is refused, whoever refuses it (Node's server)", async () => {
    const old = { minVersion: "TLSv1", maxVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    const { port } = await listenTls({ ...good, ...old }, () => {});
    const exchange = await performOne(probing({ caPem: authority.cert }), secureAt(port));
    expect(failureOf(exchange)).toEqual({ kind: "tls-alert", alert: "protocol_version" });
  });

  test("of version 1.0 is refused, whoever refuses it (OpenSSL's server)", async () => {
    const port = await startOldServer(good);
    const exchange = await performOne(probing({ caPem: authority.cert }), secureAt(port));
    expect(failureOf(exchange)).toEqual({ kind: "tls-alert", alert: "protocol_version" });
  });

  test("1.2 is enough", async () => {
    const { port } = await listenTls({ ...good, maxVersion: "TLSv1.2" }, (socket) => {
      socket.on("data", () => socket.write(okReply()));
    });
    const exchange = await performOne(probing({ caPem: authority.cert }), secureAt(port));
    expect(answerOf(exchange).status).toBe(200);
    expect(exchange.tls?.version).toBe("TLSv1.2");
  });

  test("shakes hands in full each time: no session is taken up again", async () => {
    const resumed: boolean[] = [];
    const { port } = await listenTls({ ...good }, (socket) => {
      resumed.push(socket.isSessionReused());
      socket.on("data", () => socket.write(okReply()));
    });
    const probe = probing({ caPem: authority.cert });
    for (let count = 0; count < 3; count++) await performOne(probe, secureAt(port));
    expect(resumed).toEqual([false, false, false]);
  });

  test("shows the alert of a peer that wants a client certificate", async () => {
    const wanting = { requestCert: true, rejectUnauthorized: true, ca: [authority.cert] };
    const { port } = await listenTls({ ...good, ...wanting }, () => {});
    const exchange = await performOne(probing({ caPem: authority.cert }), secureAt(port));
    expect(failureOf(exchange)).toEqual({ kind: "tls-alert", alert: "certificate_required" });
  });

  test("keeps its facts on a socket that is used again", async () => {
    const { port } = await listenNoting(good);
    const [first, second] = await probing({ caPem: authority.cert }).perform(secureAt(port), "reuse", [
      step("answered"),
      step("answered", { label: "second", keptAfter: 20 }),
    ]);
    expect(second?.connection).toMatchObject({ reusedSocket: true, id: first?.connection?.id });
    expect(second?.tls).toEqual(first?.tls);
    expect(second?.phases).toMatchObject({ dnsMs: null, connectMs: null, tlsMs: null });
  });
});

/** `openssl s_server` on TLS 1.0 alone: another implementation of the refusing side than Node's. */
async function startOldServer(identity: Identity): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "pathproof-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "cert.pem"), identity.cert);
  writeFileSync(join(folder, "key.pem"), identity.key, { mode: 0o600 });
  const port = await closedPort();
  const args = ["s_server", "-accept", `127.0.0.1:${port}`, "-tls1", "-cipher", "DEFAULT@SECLEVEL=0"];
  const child = spawn("openssl", [...args, "-cert", join(folder, "cert.pem"), "-key", join(folder, "key.pem")], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  });
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`openssl s_server ended with ${code}`)));
    child.stdout.on("data", (chunk: Buffer) => chunk.toString().includes("ACCEPT") && resolve());
  });
  return port;
}
