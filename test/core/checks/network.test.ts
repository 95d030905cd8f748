import { describe, expect, test } from "vitest";
import { answersArePrivate } from "#core/checks/answers-are-private.ts";
import { answersSpanZones } from "#core/checks/answers-span-zones.ts";
import { certificateIsValid } from "#core/checks/certificate-is-valid.ts";
import type { Means } from "#core/checks/check.ts";
import { everyAddressConnects } from "#core/checks/every-address-connects.ts";
import { nameResolves } from "#core/checks/name-resolves.ts";
import type { Exchange, TlsFacts } from "#core/observations/exchange.ts";
import { ms } from "#core/units.ts";
import { makeExchange, makeFailed, makeTarget } from "../../support/make.ts";

const means: Means = { credentials: "temporary", endedSession: true };
const lambda = makeTarget("lambda-endpoint");

const resolved = (...addresses: readonly string[]): Exchange =>
  makeExchange({ addresses, address: null, connection: null, outcome: { kind: "resolved" } });
const connected = (address: string): Exchange => makeExchange({ address, outcome: { kind: "connected" } });

describe("name-resolves", () => {
  test("passes with the addresses it leads to", () => {
    expect(nameResolves.judge([resolved("10.0.1.10", "10.0.2.10")], lambda)).toEqual({
      kind: "pass",
      summary: "orders.example.internal resolves to 10.0.1.10 and 10.0.2.10",
      measures: { dnsMs: 1, addresses: 2 },
    });
  });
  test("passes where the addresses are not allowed: the name did resolve", () => {
    const refused = makeFailed(
      { kind: "address-not-allowed", addresses: ["52.94.0.10"] },
      { addresses: ["52.94.0.10"] },
    );
    expect(nameResolves.judge([refused], lambda)).toMatchObject({ kind: "pass", measures: { addresses: 1 } });
  });
  test("fails where there is no such name, and where the resolver is silent", () => {
    expect(nameResolves.judge([makeFailed({ kind: "name-not-found", code: "ENOTFOUND" })], lambda)).toMatchObject({
      kind: "fail",
      cause: { code: "dns-name-not-found" },
    });
    expect(
      nameResolves.judge([makeFailed({ kind: "timeout", phase: "dns", afterMs: ms(3000) })], lambda),
    ).toMatchObject({ kind: "fail", cause: { code: "dns-resolver-unreachable" } });
  });
  test("is inconclusive without an exchange", () => {
    expect(nameResolves.judge([], lambda).kind).toBe("inconclusive");
  });
  test("does not apply to a literal address or a pinned name", () => {
    const literal = makeTarget("http", { origin: { scheme: "http", host: "127.0.0.1", port: 80 } });
    expect(nameResolves.notFor(literal, means)).toContain("address");
    expect(nameResolves.notFor(makeTarget("http", { pinned: ["127.0.0.1"] }), means)).toContain("pinned");
    expect(nameResolves.notFor(lambda, means)).toBeNull();
  });
});

describe("answers-are-private", () => {
  test.each([
    ["lambda-endpoint", ["10.0.1.10", "100.64.0.1"]],
    ["lattice", ["169.254.171.65", "fd00:ec2:80::a9fe:ab41"]],
    ["lattice", ["129.224.0.1"]],
    ["alb", ["127.0.1.1"]],
  ])("passes for %s at %s", (kind, addresses) => {
    expect(answersArePrivate.judge([resolved(...addresses)], makeTarget(kind))).toMatchObject({ kind: "pass" });
  });
  test("says so where the address is Lattice's own", () => {
    expect(answersArePrivate.judge([resolved("169.254.171.65")], makeTarget("lattice")).summary).toContain(
      "VPC Lattice",
    );
  });
  test.each([
    ["a public address among the answers", resolved("10.0.1.10", "52.94.0.10")],
    ["a refusal to go there", makeFailed({ kind: "address-not-allowed", addresses: ["52.94.0.10"] })],
  ])("fails for %s", (_, exchange) => {
    expect(answersArePrivate.judge([exchange], lambda)).toMatchObject({
      kind: "fail",
      cause: { code: "dns-public-address" },
    });
  });
  test("does not apply to a plain origin", () => {
    expect(answersArePrivate.notFor(makeTarget("http"), means)).toContain("limits.allow");
  });
  test("is inconclusive without an exchange", () => {
    expect(answersArePrivate.judge([], lambda).kind).toBe("inconclusive");
  });
});

describe("answers-span-zones", () => {
  test("passes when the answers, taken together, hold two addresses of a family", () => {
    expect(answersSpanZones.judge([resolved("10.0.1.10"), resolved("10.0.2.10")], lambda).kind).toBe("pass");
  });
  test.each([
    ["one address", [resolved("10.0.1.10"), resolved("10.0.1.10")]],
    ["one interface with an address of each family", [resolved("10.0.1.10", "fd00::1")]],
  ])("fails for %s", (_, exchanges) => {
    expect(answersSpanZones.judge(exchanges, lambda)).toMatchObject({
      kind: "fail",
      cause: { code: "dns-one-zone-only" },
    });
  });
  test("applies only to a name that leads into several zones", () => {
    expect(answersSpanZones.notFor(lambda, means)).toBeNull();
    expect(answersSpanZones.notFor(makeTarget("lattice", { zonesExpected: false }), means)).not.toBeNull();
    expect(answersSpanZones.notFor(makeTarget("alb", { pinned: ["10.0.0.1"] }), means)).toContain("pinned");
  });
});

describe("every-address-connects", () => {
  const timeout = makeFailed({ kind: "timeout", phase: "connect", afterMs: ms(5000) }, { address: "10.0.2.10" });
  test("passes when each took a connection", () => {
    expect(everyAddressConnects.judge([connected("10.0.1.10"), connected("10.0.2.10")], lambda)).toMatchObject({
      kind: "pass",
      summary: "10.0.1.10 and 10.0.2.10 took a connection on port 443",
      measures: { addresses: 2, addressesConnected: 2, connectMs: 1 },
    });
  });
  test("does not pass where some were left out, and lets the others go on at those that were tried", () => {
    const exchanges = [connected("10.0.1.10"), connected("10.0.2.10")].map((one) => ({ ...one, leftOut: 998 }));
    expect(everyAddressConnects.judge(exchanges, lambda)).toMatchObject({
      kind: "inconclusive",
      summary: expect.stringContaining("998 further addresses of the name were not tried (at most 32 are)"),
    });
    expect(everyAddressConnects.goOnAt?.(exchanges, lambda)).toEqual(["10.0.1.10", "10.0.2.10"]);
  });
  test("fails with one zone down, and leaves the other to those that need it", () => {
    const exchanges = [connected("10.0.1.10"), timeout];
    expect(everyAddressConnects.judge(exchanges, lambda)).toMatchObject({
      kind: "fail",
      summary: "10.0.2.10 got no connection within 5000 ms (port 443)",
      cause: { code: "one-zone-down" },
      measures: { addresses: 2, addressesConnected: 1 },
    });
    expect(everyAddressConnects.goOnAt?.(exchanges, lambda)).toEqual(["10.0.1.10"]);
  });
  test("fails and leaves nothing when none does", () => {
    expect(everyAddressConnects.judge([timeout], lambda)).toMatchObject({
      kind: "fail",
      cause: { code: "tcp-timeout" },
    });
    expect(everyAddressConnects.goOnAt?.([timeout], lambda)).toEqual([]);
  });
  test("names what is special about Lattice", () => {
    const lattice = makeTarget("lattice");
    const dead = { ...timeout, address: "169.254.171.65", addresses: ["169.254.171.65"] };
    expect(everyAddressConnects.judge([dead], lattice)).toMatchObject({ cause: { code: "lattice-not-associated" } });
  });
});

describe("certificate-is-valid", () => {
  const tls: TlsFacts = {
    version: "TLSv1.3",
    cipher: "TLS_AES_128_GCM_SHA256",
    alpn: "http/1.1",
    subject: "CN=orders.example.internal",
    issuer: "CN=private CA",
    altNames: ["orders.example.internal"],
    validFrom: "2026-01-01T00:00:00.000Z",
    validTo: "2026-12-23T10:00:00.000Z",
    fingerprint256: "00",
  };
  const secured = (over: Partial<TlsFacts> = {}) =>
    makeExchange({ tls: { ...tls, ...over }, outcome: { kind: "secured" } });
  test("passes with the days left at the first to end", () => {
    const exchanges = [secured(), secured({ validTo: "2027-12-23T10:00:00.000Z" })];
    expect(certificateIsValid.judge(exchanges, lambda)).toMatchObject({
      kind: "pass",
      measures: { certificateDaysLeft: 30, tlsMs: 4 },
    });
  });
  test("fails when it is about to expire, and lets the rest go on until it does", () => {
    const soon = secured({ validTo: "2026-11-30T10:00:00.000Z" });
    expect(certificateIsValid.judge([soon], lambda)).toMatchObject({
      kind: "fail",
      cause: { code: "tls-expired", confidence: "possible" },
      measures: { certificateDaysLeft: 7 },
    });
    expect(certificateIsValid.goOnAt?.([soon], lambda)).toEqual(["10.0.1.10"]);
  });
  test.each([
    ["name", "tls-name-mismatch"],
    ["issuer", "tls-untrusted-issuer"],
    ["expired", "tls-expired"],
  ] as const)("fails for a certificate whose %s is wrong", (problem, code) => {
    const exchange = makeFailed({ kind: "tls-certificate", problem, code: "X" }, { tls });
    expect(certificateIsValid.judge([exchange], lambda)).toMatchObject({ kind: "fail", cause: { code } });
    expect(certificateIsValid.goOnAt?.([exchange], lambda)).toEqual([]);
  });
  test("is inconclusive when no certificate was seen", () => {
    expect(certificateIsValid.judge([makeExchange({ outcome: { kind: "secured" } })], lambda).kind).toBe(
      "inconclusive",
    );
    expect(certificateIsValid.judge([], lambda).kind).toBe("inconclusive");
  });
  test("does not apply to plain HTTP", () => {
    const plain = makeTarget("http", { origin: { scheme: "http", host: "a.internal", port: 80 } });
    expect(certificateIsValid.notFor(plain, means)).toContain("plain HTTP");
  });
});
