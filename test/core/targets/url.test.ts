import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { authority, parseUrl, showOrigin, urlSlip } from "#core/targets/url.ts";

describe("a URL", () => {
  test.each([
    ["https://a.example", { scheme: "https", host: "a.example", port: 443 }, ""],
    ["HTTP://A.Example:8080/Base/", { scheme: "http", host: "a.example", port: 8080 }, "/Base"],
    ["https://a.example./", { scheme: "https", host: "a.example", port: 443 }, ""],
    ["http://127.0.0.1:1", { scheme: "http", host: "127.0.0.1", port: 1 }, ""],
    ["http://[::1]:8080/x", { scheme: "http", host: "::1", port: 8080 }, "/x"],
    ["https://under_score.example", { scheme: "https", host: "under_score.example", port: 443 }, ""],
  ])("%s is read", (text, origin, path) => {
    expect(parseUrl(text)).toEqual({ origin, path });
  });

  test.each([
    "",
    "a.example",
    "ftp://a.example",
    "https://",
    "https://user:secret@a.example",
    "https://user@a.example",
    "https://a.example?x=1",
    "https://a.example/#x",
    "https://a.example/a b",
    "https://a.example/\u0000",
    "https://a.example:0",
    "https://a.example:65536",
    "https://a.example:x",
    "https://0x7f.1",
    "https://127.1",
    "https://2130706433",
    "https://010.0.0.1",
    "https://a..example",
    "https://-a.example",
    "https://bücher.example",
    "https://[::1",
    "https://[fe80::1%25eth0]",
    "https://::1/",
    "https://a\\b.example",
    `https://${"a".repeat(64)}.example`,
    `https://${"a.".repeat(200)}example`,
  ])("%j is refused", (text) => {
    expect(parseUrl(text)).toBeNull();
  });

  test.each([
    ["https://bücher.example", "ASCII"],
    ["https://fd00::1:8443", "brackets"],
    ["https://[fe80::1%25eth0]", "without a zone"],
    ["https://orders.example:70000", "65535"],
    [" https://orders.example", "white space"],
  ])("%j is told what it lacks: %s", (text, lacks) => {
    expect(parseUrl(text)).toBeNull();
    expect(urlSlip(text)).toContain(lacks);
  });

  test("of a slip that is none of the usual nothing is said", () => {
    expect(urlSlip("https://user:password@orders.example")).toBeNull();
    expect(urlSlip("orders.example")).toBeNull();
  });

  test("agrees with the platform's parser on whatever it accepts", () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ["http", "https"], withQueryParameters: false }), (text) => {
        const parsed = parseUrl(text);
        if (parsed === null) return;
        const platform = new URL(text);
        expect(showOrigin(parsed.origin)).toBe(platform.origin);
        expect(platform.pathname.replace(/\/+$/, "")).toBe(
          new URL(`http://x${parsed.path}`).pathname.replace(/\/+$/, ""),
        );
      }),
    );
  });

  test("the Host header bears a port that is not the scheme's own, and brackets around IPv6", () => {
    expect(authority({ scheme: "https", host: "x", port: 443 }, "x")).toBe("x");
    expect(authority({ scheme: "http", host: "x", port: 443 }, "x")).toBe("x:443");
    expect(authority({ scheme: "http", host: "::1", port: 8080 }, "::1")).toBe("[::1]:8080");
  });
});
