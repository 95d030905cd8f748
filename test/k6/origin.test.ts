import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAddress, isLiteral, readOrigin } from "../../src/k6/origin.ts";

describe("an address for k6", () => {
  // https://pkg.go.dev/net#ParseIP is what k6 reads them with; zones it does not know.
  test.each([
    ...[
      "127.0.0.1",
      "10.0.1.10",
      "0.0.0.0",
      "255.255.255.255",
      "::1",
      "::",
      "fd00::1",
      "2001:db8::10.0.0.1",
      "1:2:3:4:5:6:7:8",
    ],
  ])("%s is one", (text) => expect(isAddress(text)).toBe(true));

  test.each([
    ...[
      "vpce-0abc.lambda.eu-west-1.vpce.amazonaws.com",
      "300.1.1.1",
      "[::1]",
      "1.2.3",
      "01.2.3.4",
      "1:2",
      ":::",
      "1::2::3",
    ],
    ...["", "localhost", "127.0.0.1:80", "fe80::1%eth0", "g::1", "::10.0.0.1:1", "1:2:3:4:5:6:7::8:9"],
  ])("%j is none", (text) => expect(isAddress(text)).toBe(false));

  test("is what Node takes for one too, whatever the text", () => {
    const mixed = fc.string({ unit: fc.constantFrom("1", "25", "a", "f", ":", "::", "."), maxLength: 12 });
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), mixed), (text) => isAddress(text) === isIP(text) > 0),
      { numRuns: 1000 },
    );
  });
});

test("an origin is read with the port of its scheme", () => {
  expect(readOrigin("https://Orders.internal")).toEqual({ scheme: "https", host: "orders.internal", port: 443 });
  expect(readOrigin("http://[fd00::1]:8080")).toEqual({ scheme: "http", host: "[fd00::1]", port: 8080 });
  expect(["orders.internal", "https://a/b", "https://u@a", "ftp://a", "https://a:"].map(readOrigin)).toEqual(
    Array(5).fill(null),
  );
  expect(["[fd00::1]", "10.0.0.1", "orders.internal"].map(isLiteral)).toEqual([true, true, false]);
});
