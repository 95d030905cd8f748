import { describe, expect, test } from "vitest";
import { listenReplying, okReply } from "../../support/listen.ts";
import { listenNames, type Question, type Said } from "../../support/name-server.ts";
import { answerOf, deadlines, failureOf, performOne, plainAt, probing, step } from "../../support/probing.ts";

const slackMs = 1000;

const named = (host: string, port = 80, dnsMs = 3000) =>
  plainAt(port, { origin: { scheme: "http", host, port }, deadlines: deadlines({ dnsMs }) });

async function asking(say: (question: Question) => Said) {
  const server = await listenNames(say);
  const probe = probing({ network: { resolve: {}, dns: [server.address], caFile: null } });
  return { probe, server };
}

describe("a name", () => {
  test("resolves to all its addresses, A before AAAA", async () => {
    const { probe } = await asking(() => ["10.0.1.10", "10.0.2.10", "fd00::1"]);
    const exchange = await performOne(probe, named("orders.test"), step("resolved"));
    expect(exchange.outcome).toEqual({ kind: "resolved" });
    expect(exchange.addresses).toEqual(["10.0.1.10", "10.0.2.10", "fd00::1"]);
    expect(exchange.address).toBeNull();
    expect(exchange.phases.dnsMs).toBeGreaterThan(0);
  });

  test("that every object of JavaScript has is asked for like any other", async () => {
    const { probe, server } = await asking(() => ["10.0.1.10"]);
    const exchange = await performOne(probe, named("constructor"), step("resolved"));
    expect(exchange.addresses).toEqual(["10.0.1.10"]);
    expect(server.asked.map(({ name }) => name)).toContain("constructor");
  });

  test.each([
    ["that has no A record", ["fd00::1"]],
    ["that has no AAAA record", ["10.0.1.10"]],
  ])("%s resolves to what there is", async (_what, said) => {
    const { probe } = await asking(() => said);
    expect((await performOne(probe, named("orders.test"), step("resolved"))).addresses).toEqual(said);
  });

  test.each<[string, Said, object]>([
    ["that does not exist", "NXDOMAIN", { kind: "name-not-found", code: "ENOTFOUND" }],
    ["without addresses", [], { kind: "name-not-found", code: "ENODATA" }],
    ["whose zone is broken", "SERVFAIL", { kind: "resolver-unreachable", code: "ESERVFAIL" }],
    ["that the resolver will not look up", "REFUSED", { kind: "resolver-unreachable", code: "EREFUSED" }],
  ])("%s is told apart", async (_what, said, failure) => {
    const { probe } = await asking(() => said);
    const exchange = await performOne(probe, named("orders.test"));
    expect(failureOf(exchange)).toEqual(failure);
    expect(exchange.addresses).toEqual([]);
    expect(exchange.connection).toBeNull();
  });

  test.each([
    [1000, 2],
    [400, 2],
    [240, 1],
  ])("is asked for in vain where the resolver is silent: in %i ms there is time for %i tries", async (dnsMs, tries) => {
    const { probe, server } = await asking(() => null);
    const exchange = await performOne(probe, named("orders.test", 80, dnsMs));
    expect(failureOf(exchange)).toEqual({ kind: "resolver-unreachable", code: "ETIMEOUT" });
    expect(exchange.tookMs).toBeLessThan(dnsMs + slackMs);
    expect(server.asked.filter(({ type }) => type === "A").length).toBeLessThanOrEqual(tries);
    expect(server.asked.length).toBeGreaterThan(0);
  });

  test("whose packet was lost is asked for again, within the deadline", async () => {
    const seen = new Set<string>();
    const { probe } = await asking(({ type }) => {
      const again = seen.has(type);
      seen.add(type);
      return again ? ["10.0.1.10"] : null;
    });
    const { addresses } = await performOne(probe, named("orders.test"), step("resolved"));
    expect(addresses).toEqual(["10.0.1.10"]);
  });

  test("is given up at the total deadline where that is shorter", async () => {
    const { probe } = await asking(() => null);
    const target = { ...named("orders.test"), deadlines: deadlines({ dnsMs: 5000, totalMs: 150 }) };
    const exchange = await performOne(probe, target);
    expect(failureOf(exchange)).toEqual({ kind: "timeout", phase: "dns", afterMs: 150 });
    expect(exchange.tookMs).toBeLessThan(150 + slackMs);
  });

  test("is asked for in vain where nobody listens", async () => {
    const probe = probing({ network: { resolve: {}, dns: ["127.0.0.1:9"], caFile: null } });
    const exchange = await performOne(probe, named("orders.test", 80, 800));
    expect(failureOf(exchange)).toMatchObject({ kind: "resolver-unreachable" });
    expect(exchange.tookMs).toBeLessThan(800 + slackMs);
  });

  test("that one family's silence delays still resolves by the other", async () => {
    const { probe } = await asking(({ type }) => (type === "AAAA" ? null : ["10.0.1.10"]));
    const exchange = await performOne(probe, named("orders.test", 80, 900), step("resolved"));
    expect(exchange.addresses).toEqual(["10.0.1.10"]);
    expect(exchange.tookMs).toBeLessThan(900 + slackMs);
  });

  test("is connected to once it is resolved", async () => {
    const { port } = await listenReplying(() => okReply());
    const { probe } = await asking(() => ["127.0.0.1"]);
    const exchange = await performOne(probe, named("orders.test", port));
    expect(answerOf(exchange).status).toBe(200);
    expect(exchange.addresses).toEqual(["127.0.0.1"]);
    expect(exchange.phases.dnsMs).toBeGreaterThan(0);
  });

  test("of a public address is not connected to", async () => {
    const { probe } = await asking(() => ["203.0.113.7"]);
    const exchange = await performOne(probe, named("orders.test"));
    expect(failureOf(exchange)).toEqual({ kind: "address-not-allowed", addresses: ["203.0.113.7"] });
    expect(exchange.addresses).toEqual(["203.0.113.7"]);
  });

  test("is asked for once by many at once, and not again soon", async () => {
    const { port } = await listenReplying(() => okReply());
    const { probe, server } = await asking(() => ["127.0.0.1"]);
    const target = named("orders.test", port);
    await Promise.all(Array.from({ length: 50 }, () => performOne(probe, target)));
    const later = await performOne(probe, target);
    expect(later.phases.dnsMs).toBeNull();
    expect(later.addresses).toEqual(["127.0.0.1"]);
    expect(server.asked.map(({ type }) => type).sort()).toEqual(["A", "AAAA"]);
  });

  test("is asked for anew by every step that is about its resolution", async () => {
    const { probe, server } = await asking(() => ["127.0.0.1"]);
    for (let count = 0; count < 3; count++) {
      const { phases } = await performOne(probe, named("orders.test"), step("resolved"));
      expect(phases.dnsMs).toBeGreaterThan(0);
    }
    expect(server.asked).toHaveLength(6);
  });

  test("of a resolver in trouble is asked for again next time", async () => {
    let trouble = true;
    const { probe } = await asking(() => (trouble ? "SERVFAIL" : ["10.0.1.10"]));
    await performOne(probe, named("orders.test"), step("resolved"));
    trouble = false;
    const { outcome } = await performOne(probe, named("orders.test"), step("resolved"));
    expect(outcome).toEqual({ kind: "resolved" });
  });

  test("that is an address, or is pinned, asks nobody", async () => {
    const { probe, server } = await asking(() => "NXDOMAIN");
    const literal = await performOne(probe, plainAt(80), step("resolved"));
    const pinned = await performOne(probe, { ...named("orders.test"), pinned: ["10.0.1.10"] }, step("resolved"));
    expect([literal, pinned].map(({ addresses, phases }) => [addresses, phases.dnsMs])).toEqual([
      [["127.0.0.1"], null],
      [["10.0.1.10"], null],
    ]);
    expect(server.asked).toEqual([]);
  });

  test("may be pinned by the config's network alone", async () => {
    const probe = probing({
      network: { resolve: { "orders.test": ["10.9.9.9"] }, dns: ["127.0.0.1:9"], caFile: null },
    });
    const { addresses } = await performOne(probe, named("orders.test"), step("resolved"));
    expect(addresses).toEqual(["10.9.9.9"]);
  });

  test("is looked up by the system where no resolver is named", async () => {
    const { addresses, outcome } = await performOne(probing(), named("localhost"), step("resolved"));
    expect(outcome).toEqual({ kind: "resolved" });
    expect(["127.0.0.1", "::1"]).toEqual(expect.arrayContaining([...addresses]));
  });
});
