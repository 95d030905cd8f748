import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  A,
  AAAA,
  type Asked,
  address,
  askedName,
  CNAME,
  type DnsPeer,
  framed,
  label,
  listenDns,
  pointer,
  record,
  reply,
} from "../../support/hostile/dns-peers.ts";
import { nastyText } from "../../support/hostile/http1-peers.ts";
import { drip, fin, flood, rst, send } from "../../support/hostile/play.ts";
import { deadlines, failureOf, performOne, plainAt, probing, step } from "../../support/probing.ts";

const dnsMs = 700;
/** What a busy machine takes on top of a deadline. */
const slackMs = 5000;

const named = (host: string) =>
  plainAt(80, { origin: { scheme: "http", host, port: 80 }, deadlines: deadlines({ dnsMs }) });

const good = record({ data: address(10, 0, 0, 1) });
const onlyA = (asked: Asked, records: readonly Buffer[]) => [
  reply(asked, { records: asked.type === A ? records : [] }),
];
/** The beginning of an answer that is to be asked for by TCP. */
const cut = (asked: Asked) => [reply(asked, { flags: 0x8380 })];
const coded = (code: number) => (asked: Asked) => [reply(asked, { code })];

const thousand = Array.from({ length: 1000 }, (_, index) => record({ data: address(10, 1, index >> 8, index & 255) }));
const name = (index: number): Buffer => label(`c${index}.test`);
const chain = Array.from({ length: 50 }, (_, index) =>
  record({ owner: index === 0 ? askedName : name(index), type: CNAME, data: name(index + 1) }),
);

const peers: readonly DnsPeer[] = [
  // Answers to something else.
  {
    name: "another id",
    udp: (asked) => [reply(asked, { id: asked.id ^ 1, records: [good] })],
    may: "resolver-unreachable",
  },
  {
    name: "10,000 other ids",
    udp: (asked) =>
      Array.from({ length: 5000 }, (_, index) => reply(asked, { id: (asked.id + 1 + index) & 65535, records: [good] })),
    may: "resolver-unreachable",
  },
  {
    name: "another question",
    udp: (asked) => [
      reply(asked, { question: Buffer.concat([label("evil.test"), asked.question.subarray(-4)]), records: [good] }),
    ],
    may: "resolver-unreachable",
  },
  {
    name: "an answer from another port",
    udp: (asked) => [reply(asked, { records: [good] })],
    fromElsewhere: true,
    may: "resolver-unreachable",
  },
  { name: "a question", udp: (asked) => [reply(asked, { flags: 0x0100 })], may: "name-not-found" },
  // Too large for UDP.
  {
    name: "a cut answer, whole by TCP",
    udp: cut,
    tcp: (asked) => [send(framed(onlyA(asked, thousand)[0] ?? Buffer.alloc(0)))],
    may: "resolved",
  },
  { name: "a cut answer, and silence by TCP", udp: cut, tcp: () => [], may: "resolver-unreachable" },
  { name: "a cut answer, and nobody at TCP", udp: cut, may: "resolver-unreachable" },
  { name: "a cut answer, and a drip by TCP", udp: cut, tcp: () => [drip("\u0000", 20)], may: "resolver-unreachable" },
  {
    name: "a cut answer, and a flood by TCP",
    udp: cut,
    tcp: () => [flood("\u0000\u0001x")],
    may: "resolver-unreachable",
  },
  { name: "a cut answer, and FIN by TCP", udp: cut, tcp: () => [fin], may: "resolver-unreachable" },
  { name: "a cut answer, and RST by TCP", udp: cut, tcp: () => [rst], may: "resolver-unreachable" },
  {
    name: "a cut answer, and a length that lies by TCP",
    udp: cut,
    tcp: (asked) => [send(framed(reply(asked, { records: [good] }), 65_535)), fin],
    may: "resolver-unreachable",
  },
  {
    name: "a cut answer, and a cut answer by TCP",
    udp: cut,
    tcp: (asked) => cut(asked).map((one) => send(framed(one))),
    may: ["name-not-found", "resolver-unreachable"],
  },
  // Names that lead nowhere, or far.
  {
    name: "an alias of itself",
    udp: (asked) => [reply(asked, { records: [record({ type: CNAME, data: askedName })] })],
    may: ["name-not-found", "resolver-unreachable"],
  },
  {
    name: "two aliases in a circle",
    udp: (asked) => [
      reply(asked, {
        records: [record({ type: CNAME, data: name(1) }), record({ owner: name(1), type: CNAME, data: askedName })],
      }),
    ],
    may: ["name-not-found", "resolver-unreachable"],
  },
  {
    name: "an alias 50 times",
    udp: (asked) => onlyA(asked, [...chain, record({ owner: name(50), data: address(10, 0, 0, 1) })]),
    may: "resolved",
    addresses: ["10.0.0.1"],
  },
  {
    name: "an alias of escapes and markup",
    udp: (asked) =>
      onlyA(asked, [
        record({
          type: CNAME,
          data: label(Buffer.from(nastyText).toString("latin1").replaceAll(".", "").slice(0, 60)),
        }),
        good,
      ]),
    may: "resolved",
  },
  // Broken messages.
  { name: "an empty datagram", udp: () => [Buffer.alloc(0)], may: "resolver-unreachable" },
  { name: "one byte", udp: () => [Buffer.from([0])], may: "resolver-unreachable" },
  { name: "its id and no more", udp: (asked) => [reply(asked, {}).subarray(0, 2)], may: "resolver-unreachable" },
  { name: "its header and no more", udp: (asked) => [reply(asked, {}).subarray(0, 12)], may: "resolver-unreachable" },
  {
    name: "a name that points to itself",
    udp: (asked) => [
      reply(asked, { records: [record({ owner: pointer(12 + asked.question.length), data: address(10, 0, 0, 1) })] }),
    ],
    may: "resolver-unreachable",
  },
  {
    name: "a name that points beyond the message",
    udp: (asked) => [reply(asked, { records: [record({ owner: pointer(0x3fff), data: address(10, 0, 0, 1) })] })],
    may: "resolver-unreachable",
  },
  {
    name: "an address of two bytes",
    udp: (asked) => [reply(asked, { records: [record({ data: Buffer.from([10, 0]) })] })],
    may: "resolver-unreachable",
  },
  {
    name: "an address of 60,000 bytes",
    udp: (asked) => [reply(asked, { records: [record({ data: address(10, 0, 0, 1), length: 60_000 })] })],
    may: "resolver-unreachable",
  },
  {
    name: "65,535 records, of which one is there",
    udp: (asked) => [reply(asked, { records: [good], count: 65_535 })],
    may: "resolver-unreachable",
  },
  {
    name: "a record that is not counted",
    udp: (asked) => [reply(asked, { records: [good], count: 0 })],
    may: ["name-not-found", "resolver-unreachable", "resolved"],
  },
  {
    name: "a datagram of 60 KB",
    udp: (asked) => onlyA(asked, [good, Buffer.alloc(60_000)]),
    may: ["resolved", "resolver-unreachable"],
  },
  // Answers of a kind.
  {
    name: "that it is not there, and an address",
    udp: (asked) => [reply(asked, { code: 3, records: [good] })],
    may: "name-not-found",
  },
  { name: "a format error", udp: coded(1), may: "resolver-unreachable" },
  { name: "a failure", udp: coded(2), may: "resolver-unreachable" },
  { name: "not implemented", udp: coded(4), may: "resolver-unreachable" },
  { name: "a refusal", udp: coded(5), may: "resolver-unreachable" },
  { name: "a code that nobody knows", udp: coded(15), may: ["name-not-found", "resolver-unreachable"] },
  {
    name: "another class",
    udp: (asked) => [reply(asked, { records: [record({ dnsClass: 3, data: address(10, 0, 0, 1) })] })],
    may: ["name-not-found", "resolver-unreachable"],
  },
  {
    name: "a text for an address",
    udp: (asked) => [reply(asked, { records: [record({ type: 16, data: Buffer.from("\u0005hello") })] })],
    may: "name-not-found",
  },
  {
    name: "the same address a hundred times",
    udp: (asked) =>
      onlyA(
        asked,
        Array.from({ length: 100 }, () => good),
      ),
    may: ["resolved"],
    addresses: ["10.0.0.1"],
  },
  {
    name: "IPv6 alone, whatever was asked",
    udp: (asked) => [
      reply(asked, { records: [record({ type: AAAA, data: Buffer.from("fd000000000000000000000000000001", "hex") })] }),
    ],
    may: "resolved",
    addresses: ["fd00::1"],
  },
  // c-ares takes its word for it; a resolver may lie of the name that was asked for as well.
  {
    name: "an address of another name",
    udp: (asked) => onlyA(asked, [record({ owner: label("evil.test"), data: address(10, 6, 6, 6) })]),
    may: ["resolved", "name-not-found", "resolver-unreachable"],
  },
  { name: "silence", udp: () => [], may: "resolver-unreachable" },
];

async function ask(peer: Omit<DnsPeer, "name" | "may">, host = "orders.test") {
  const server = await listenDns(peer);
  const probe = probing({ network: { resolve: {}, dns: [server], caFile: null } });
  return performOne(probe, named(host), step("resolved"));
}

describe("a hostile resolver", () => {
  test.each(peers)("that gives $name", async (peer) => {
    const exchange = await ask(peer);
    const { outcome } = exchange;
    expect([peer.may].flat()).toContain(outcome.kind === "failed" ? outcome.failure.kind : outcome.kind);
    if (peer.addresses !== undefined) expect(exchange.addresses).toEqual(peer.addresses);
    expect(exchange.tookMs).toBeLessThan(dnsMs + slackMs);
  });

  test.each([
    ["a public one", "cb007107"],
    ["a public one, mapped into IPv6", "00000000000000000000ffffcb007107"],
    ["a public one, through NAT64", "0064ff9b0000000000000000cb007107"],
    ["a public one, through 6to4", "2002cb00710700000000000000000001"],
    ["this host on this network", "00000000"],
    ["the unspecified one", "00000000000000000000000000000000"],
    ["everybody", "ffffffff"],
    ["a group", "e0000001"],
    ["a group of IPv6", "ff020000000000000000000000000001"],
  ])("that leads to %s is not followed", async (_, hex) => {
    const data = Buffer.from(hex, "hex");
    const type = data.length === 4 ? A : AAAA;
    const server = await listenDns({
      udp: (asked) => [reply(asked, { records: asked.type === type ? [record({ type, data })] : [] })],
    });
    const exchange = await performOne(
      probing({ network: { resolve: {}, dns: [server], caFile: null } }),
      named("orders.test"),
    );
    expect(failureOf(exchange)).toMatchObject({ kind: "address-not-allowed" });
    expect(exchange.connection).toBeNull();
  });

  const change = fc.oneof(
    fc.record({ kind: fc.constant("flip" as const), at: fc.nat(200), by: fc.integer({ min: 1, max: 255 }) }),
    fc.record({ kind: fc.constant("cut" as const), at: fc.nat(200) }),
    fc.record({ kind: fc.constant("put" as const), at: fc.nat(200), bytes: fc.uint8Array({ maxLength: 40 }) }),
  );
  type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

  function changed(message: Buffer, { kind, at, ...rest }: Change): Buffer {
    // Its id stays: what is not for us is not read at all.
    if (message.length <= 2) return message;
    const place = 2 + (at % (message.length - 2));
    if (kind === "cut") return message.subarray(0, place);
    if ("bytes" in rest) return Buffer.concat([message.subarray(0, place), rest.bytes, message.subarray(place)]);
    const copy = Buffer.from(message);
    copy.writeUInt8(copy.readUInt8(place) ^ ("by" in rest ? rest.by : 0), place);
    return copy;
  }

  test("whose answers are spoilt in any way comes to an answer or a failure of a known kind, in time", async () => {
    const all = fc.sample(fc.array(change, { minLength: 1, maxLength: 4 }), { numRuns: 200, seed: 20261125 });
    const server = await listenDns({
      udp(asked) {
        const [, index = ""] = /s(\d+)/.exec(asked.question.toString("latin1")) ?? [];
        const records = [chain[0] ?? good, good, record({ type: AAAA, data: Buffer.alloc(16, 0xfd) })];
        return [(all[Number(index)] ?? []).reduce(changed, reply(asked, { records }))];
      },
    });
    const probe = probing({ network: { resolve: {}, dns: [server], caFile: null } });
    const seen = await Promise.all(all.map((_, index) => performOne(probe, named(`s${index}.test`), step("resolved"))));
    const kinds = seen.map(({ outcome }) => (outcome.kind === "failed" ? outcome.failure.kind : outcome.kind));
    expect(kinds.filter((kind) => !/^(?:resolved|name-not-found|resolver-unreachable)$/.test(kind))).toEqual([]);
    expect(new Set(kinds).size).toBeGreaterThan(1);
    expect(Math.max(...seen.map(({ tookMs }) => tookMs))).toBeLessThan(dnsMs + slackMs);
  });
});
