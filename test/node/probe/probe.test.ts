import { describe, expect, test } from "vitest";
import type { Exchange } from "#core/observations/exchange.ts";
import { decodeExchanges, encodeExchange } from "#core/observations/ndjson.ts";
import type { SignRequest } from "#core/signing/sign-request.ts";
import { makeAuthority } from "../../support/certificates.ts";
import { closedPort, listenDropping } from "../../support/dropping-port.ts";
import { listenHttp, listenRaw, listenReplying, listenTls, okReply } from "../../support/listen.ts";
import { listenNames } from "../../support/name-server.ts";
import { answerOf, deadlines, failureOf, performOne, plainAt, probing, secureAt, step } from "../../support/probing.ts";

const token = "IQoJb3JpZ2luX2VjEJr//////////wEaCWV1LXdlc3QtMSJHMEUCIQ+abc==";
const signature = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";
const secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

const signing: SignRequest = async () => ({
  kind: "signed",
  headers: {
    "x-amz-date": "20261123T101112Z",
    "x-amz-security-token": token,
    authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/x, SignedHeaders=host, Signature=${signature}`,
  },
  canonicalRequest: `GET\n/\n\nhost:orders.test\nx-amz-security-token:${token}\n\nhost\nabc`,
  secrets: [token, signature, secretKey],
  agreesWithReference: null,
});

const isInterrupted = (exchange: Exchange): boolean => failureOf(exchange)?.kind === "interrupted";

describe("signing", () => {
  test("adds its headers after the others, and they are counted", async () => {
    let seen = "";
    const { port } = await listenReplying((request) => {
      seen = request;
      return okReply();
    });
    const exchange = await performOne(
      probing({ sign: signing }),
      plainAt(port),
      step("answered", { signing: "correct" }),
    );
    expect(seen.split("\r\n").map((line) => line.split(":")[0])).toEqual([
      "GET /orders/1 HTTP/1.1",
      "host",
      "user-agent",
      "x-amz-date",
      "x-amz-security-token",
      "authorization",
      "",
      "",
    ]);
    expect(exchange.sent.headerBytes).toBe(seen.length);
    expect(exchange.sent.signing).toBe("correct");
    expect(exchange.sent.canonicalRequest).toContain("x-amz-security-token:[redacted]");
  });

  test("without credentials ends the step before a packet is sent", async () => {
    const server = await listenNames(() => ["127.0.0.1"]);
    const { port, accepted } = await listenReplying(() => okReply());
    const probe = probing({
      network: { resolve: {}, dns: [server.address], caFile: null },
      sign: async () => ({ kind: "missing", detail: "no credentials in the environment" }),
    });
    const target = plainAt(port, { origin: { scheme: "http", host: "orders.test", port } });
    const exchange = await performOne(probe, target);
    expect(failureOf(exchange)).toEqual({ kind: "credentials-missing", detail: "no credentials in the environment" });
    expect(accepted).toHaveLength(0);
    expect(server.asked).toEqual([]);
  });

  test("is not asked of steps that send nothing", async () => {
    const { port } = await listenRaw(() => {});
    const probe = probing({ sign: () => Promise.reject(new Error("nobody should sign")) });
    expect((await performOne(probe, plainAt(port), step("connected"))).outcome).toEqual({ kind: "connected" });
  });

  test("that throws, or never comes back, ends the step in good order", async () => {
    const { port } = await listenReplying(() => okReply());
    const thrown = await performOne(
      probing({ sign: () => Promise.reject(new Error("the chain broke")) }),
      plainAt(port),
    );
    expect(failureOf(thrown)).toEqual({ kind: "other", code: "", message: "the chain broke" });
    const never = probing({ sign: () => new Promise(() => {}) });
    const hung = await performOne(never, plainAt(port, { deadlines: deadlines({ totalMs: 200 }) }));
    expect(failureOf(hung)).toMatchObject({ kind: "timeout", phase: "send", afterMs: 200 });
  });

  test("leaves no secret in an exchange, whatever the peer sends back", async () => {
    const { port } = await listenHttp((request, response) => {
      response.setHeader("x-echo", `${request.headers.authorization} ${secretKey}`);
      response.setHeader("x-amz-security-token", "another/token+that/nobody/told/of==");
      response.statusMessage = `token ${token}`;
      response.end(JSON.stringify({ headers: request.headers, message: `x-amz-security-token:${token}\n`, secretKey }));
    });
    const exchange = await performOne(probing({ sign: signing }), plainAt(port));
    const line = encodeExchange(exchange);
    for (const secret of [token, signature, secretKey, "another/token", encodeURIComponent(token)]) {
      expect(line).not.toContain(secret);
    }
    expect(answerOf(exchange).body).toContain("[redacted]");
    expect(answerOf(exchange).body).toContain("20261123T101112Z");
  });

  test("leaves no beginning of a secret where a long body is cut", async () => {
    const { port } = await listenHttp((_, response) =>
      response.end(`${"x".repeat(16_384 - 20)}${token}${"y".repeat(100)}`),
    );
    const { body } = answerOf(await performOne(probing({ sign: signing }), plainAt(port)));
    expect(body).toBe(`${"x".repeat(16_384 - 20)}[redacted]`);
  });

  test("leaves no secret in what is said of nonsense", async () => {
    const { port } = await listenReplying(() => `no HTTP: ${secretKey} ${token}`);
    const failure = failureOf(await performOne(probing({ sign: signing }), plainAt(port)));
    expect(failure).toMatchObject({
      kind: "malformed",
      detail: expect.stringMatching(/; it began with "no HTTP: \[redacted\]"$/),
    });
  });
});

describe("an interruption", () => {
  test("ends every phase at once", async () => {
    const dropping = await listenDropping();
    const { port: silent } = await listenRaw(() => {});
    const { port: replying } = await listenReplying(() => okReply());
    const { port: drip } = await listenReplying(() => "HTTP/1.1 200 OK\r\n\r\n.");
    const server = await listenNames(() => null);
    const controller = new AbortController();
    const probe = probing({
      signal: controller.signal,
      network: { resolve: {}, dns: [server.address], caFile: null },
    });
    const unresolved = plainAt(silent, { origin: { scheme: "http", host: "nowhere.test", port: silent } });
    const running = Promise.all([
      probe.perform(unresolved, "dns", [step("answered")]),
      probe.perform(plainAt(dropping), "connect", [step("answered")]),
      probe.perform(plainAt(silent), "hold", [step("connected"), step("connected", { keptAfter: 20_000 })]),
      probe.perform(secureAt(silent), "tls", [step("answered")]),
      probe.perform(plainAt(silent), "wait", [step("answered")]),
      probe.perform(plainAt(drip), "receive", [step("answered")]),
      probe.perform(plainAt(replying), "idle", [step("answered"), step("answered", { keptAfter: 20_000 })]),
    ]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const abortedAt = performance.now();
    controller.abort();
    const scripts = await running;
    expect(performance.now() - abortedAt).toBeLessThan(500);
    expect(scripts.map((exchanges) => exchanges.map(({ outcome }) => outcome.kind))).toEqual([
      ["failed"],
      ["failed"],
      ["connected", "failed"],
      ["failed"],
      ["failed"],
      ["failed"],
      ["answered", "failed"],
    ]);
    expect(scripts.every((exchanges) => exchanges.slice(-1).every(isInterrupted))).toBe(true);
  });

  test("before the start sends no packet, and each step says so", async () => {
    const { port, accepted } = await listenReplying(() => okReply());
    const server = await listenNames(() => ["127.0.0.1"]);
    const probe = probing({
      signal: AbortSignal.abort(),
      network: { resolve: {}, dns: [server.address], caFile: null },
    });
    const target = plainAt(port, { origin: { scheme: "http", host: "orders.test", port } });
    const exchanges = await probe.perform(target, "late", [step("resolved"), step("connected"), step("answered")]);
    expect(exchanges.map(isInterrupted)).toEqual([true, true, true]);
    expect(accepted).toHaveLength(0);
    expect(server.asked).toEqual([]);
  });

  test("is what closing means to scripts under way", async () => {
    const { port } = await listenRaw(() => {});
    const probe = probing();
    const running = performOne(probe, plainAt(port));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await probe.close();
    expect(isInterrupted(await running)).toBe(true);
  });
});

describe("a probe", () => {
  test("leaves no socket and no timer behind after 500 scripts at once", async () => {
    const authority = await makeAuthority();
    const identity = await authority.issue({ names: ["orders.test"] });
    const { port: plain } = await listenReplying(() => okReply());
    const { port: secure } = await listenTls({ ...identity }, (socket) =>
      socket.on("data", () => socket.write(okReply())),
    );
    const { port: silent } = await listenRaw((socket) => socket.resume());
    const refusing = await closedPort();
    const patient = deadlines({ connectMs: 20_000, tlsMs: 20_000, firstByteMs: 20_000, totalMs: 25_000 });
    const targets = [
      plainAt(plain, { deadlines: patient }),
      secureAt(secure, { deadlines: patient }),
      plainAt(silent, { deadlines: deadlines({ firstByteMs: 300 }) }),
      plainAt(refusing),
      secureAt(silent, { deadlines: deadlines({ tlsMs: 300 }) }),
    ];
    const before = ownResources();
    const probe = probing({ caPem: authority.cert });
    const scripts = await Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        probe.perform(targets[index % targets.length] ?? plainAt(plain), "many", [
          step("answered"),
          step("answered", { label: "second", keptAfter: 10 }),
        ]),
      ),
    );
    const counts: Record<string, number> = {};
    for (const { outcome } of scripts.flat()) {
      const kind = outcome.kind === "failed" ? outcome.failure.kind : outcome.kind;
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    expect(counts).toEqual({ answered: 400, timeout: 400, refused: 200 });
    const ids = scripts.flat().flatMap(({ connection }) => (connection?.reusedSocket === false ? [connection.id] : []));
    expect(new Set(ids).size).toBe(ids.length);
    await probe.close();
    // The servers' side of each connection is in this process too, and goes when its FIN has been read.
    await expect.poll(ownResources, { timeout: 5000 }).toEqual(before);
  });

  test("gives exchanges that can be saved and read again", async () => {
    const { port } = await listenReplying(() => okReply());
    const probe = probing({ sign: signing });
    const steps = [step("resolved"), step("connected"), step("answered"), step("answered", { keptAfter: 5 })];
    const exchanges = [
      ...(await probe.perform(plainAt(port), "a", steps)),
      ...(await probe.perform(plainAt(await closedPort()), "b", steps)),
    ];
    expect(decodeExchanges(exchanges.map(encodeExchange).join(""))).toEqual({ exchanges, problems: [], torn: false });
  });
});

/** Sockets and timers of this process, counted by sort. */
function ownResources(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { TCPSocketWrap: 0, TLSWrap: 0 };
  for (const name of process.getActiveResourcesInfo()) if (name in counts) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
