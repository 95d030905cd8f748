import { describe, expect, test } from "vitest";
import { bytes } from "#core/units.ts";
import { closedPort, listenDropping } from "../../support/dropping-port.ts";
import { listenRaw, listenReplying, okReply } from "../../support/listen.ts";
import { answerOf, deadlines, failureOf, performOne, plainAt, probing, step } from "../../support/probing.ts";

const slackMs = 1000;

describe("connecting", () => {
  test("to a listening port is connected, with the facts of the socket", async () => {
    const { port } = await listenRaw(() => {});
    const exchange = await performOne(probing(), plainAt(port), step("connected"));
    expect(exchange.outcome).toEqual({ kind: "connected" });
    expect(exchange.addresses).toEqual(["127.0.0.1"]);
    expect(exchange.address).toBe("127.0.0.1");
    expect(exchange.connection).toMatchObject({ id: 1, reusedSocket: false, requestsBefore: 0, remotePort: port });
    expect(exchange.phases).toMatchObject({ dnsMs: null, tlsMs: null, sendMs: null, serviceMs: null });
    expect(exchange.phases.connectMs).toBeGreaterThan(0);
    expect(exchange.sent.headerBytes).toBe(bytes(0));
  });

  test("to a port that drops is a timeout in phase connect, on time", async () => {
    const port = await listenDropping();
    const target = plainAt(port, { deadlines: deadlines({ connectMs: 300 }) });
    const exchange = await performOne(probing(), target);
    expect(failureOf(exchange)).toEqual({ kind: "timeout", phase: "connect", afterMs: 300 });
    expect(exchange.connection).toBeNull();
    expect(exchange.address).toBe("127.0.0.1");
    expect(exchange.tookMs).toBeLessThan(300 + slackMs);
  });

  test("is cut off by the total deadline where that is shorter", async () => {
    const port = await listenDropping();
    const target = plainAt(port, { deadlines: deadlines({ connectMs: 5000, totalMs: 200 }) });
    const exchange = await performOne(probing(), target);
    expect(failureOf(exchange)).toEqual({ kind: "timeout", phase: "connect", afterMs: 200 });
    expect(exchange.tookMs).toBeLessThan(200 + slackMs);
  });

  test("to a closed port is refused", async () => {
    const exchange = await performOne(probing(), plainAt(await closedPort()));
    expect(failureOf(exchange)).toEqual({ kind: "refused" });
  });

  test("sees a reset that comes before a byte was written", async () => {
    const { port } = await listenRaw((socket) => setTimeout(() => socket.resetAndDestroy(), 20));
    const exchange = await performOne(probing(), plainAt(port), step("connected"));
    expect(failureOf(exchange)).toEqual({ kind: "reset", phase: "connect" });
  });

  test("sees a FIN that comes before a byte was written", async () => {
    const { port } = await listenRaw((socket) => setTimeout(() => socket.end(), 20));
    const exchange = await performOne(probing(), plainAt(port), step("connected"));
    expect(failureOf(exchange)).toEqual({ kind: "closed", phase: "connect" });
  });

  test("does not mind a peer that speaks first", async () => {
    const { port } = await listenRaw((socket) => socket.write("SSH-2.0-OpenSSH_9.6\r\n"));
    const exchange = await performOne(probing(), plainAt(port), step("connected"));
    expect(exchange.outcome).toEqual({ kind: "connected" });
  });
});

describe("which address", () => {
  const pinned = ["127.0.0.1", "127.0.0.2", "127.0.0.3"];
  const at = (port: number) => plainAt(port, { origin: { scheme: "http", host: "orders.test", port }, pinned });

  test("`each` gives one exchange per address, in the order given", async () => {
    const { port } = await listenRaw(() => {}, "127.0.0.1");
    const exchanges = await probing().perform(at(port), "zones", [step("connected", { address: "each" })]);
    expect(exchanges.map(({ address, outcome }) => [address, outcome])).toEqual([
      ["127.0.0.1", { kind: "connected" }],
      ["127.0.0.2", { kind: "failed", failure: { kind: "refused" } }],
      ["127.0.0.3", { kind: "failed", failure: { kind: "refused" } }],
    ]);
    expect(exchanges.every(({ addresses }) => addresses.length === 3)).toBe(true);
  });

  test("`any` tries the first address only, and fails with it", async () => {
    const { port } = await listenRaw(() => {}, "127.0.0.2");
    const exchange = await performOne(probing(), at(port), step("connected"));
    expect(failureOf(exchange)).toEqual({ kind: "refused" });
    expect(exchange.address).toBe("127.0.0.1");
  });
});

describe("the guard rail", () => {
  test("sends nothing to an address that is not allowed", async () => {
    const { port, accepted } = await listenRaw(() => {});
    const exchange = await performOne(probing({ allow: ["10.0.0.0/8"] }), plainAt(port));
    expect(failureOf(exchange)).toEqual({ kind: "address-not-allowed", addresses: ["127.0.0.1"] });
    expect(exchange.address).toBeNull();
    expect(accepted).toHaveLength(0);
  });

  test("names every address of the name that is not allowed, and only those", async () => {
    const pinned = ["192.0.2.1", "127.0.0.1", "198.51.100.7"];
    const target = plainAt(80, { origin: { scheme: "http", host: "orders.test", port: 80 }, pinned });
    const exchange = await performOne(probing(), target);
    expect(failureOf(exchange)).toEqual({ kind: "address-not-allowed", addresses: ["192.0.2.1", "198.51.100.7"] });
  });

  test("holds back one address of several when each is asked", async () => {
    const { port, accepted } = await listenRaw(() => {});
    const target = plainAt(port, {
      origin: { scheme: "http", host: "orders.test", port },
      pinned: ["127.0.0.1", "127.0.0.2"],
    });
    const probe = probing({ allow: ["127.0.0.1"] });
    const [first, second] = await probe.perform(target, "zones", [step("connected", { address: "each" })]);
    expect(first?.outcome).toEqual({ kind: "connected" });
    expect(second && failureOf(second)).toEqual({ kind: "address-not-allowed", addresses: ["127.0.0.2"] });
    expect(accepted).toHaveLength(1);
  });

  test("lets through what is allowed by its range", async () => {
    const { port } = await listenReplying(() => okReply());
    const exchange = await performOne(probing({ allow: ["127.0.0.0/8"] }), plainAt(port));
    expect(answerOf(exchange).status).toBe(200);
  });
});
