import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalValue, isSigned } from "#core/signing/canonical-headers.ts";
import { canonicalPath } from "#core/signing/canonical-path.ts";
import { canonicalQuery } from "#core/signing/canonical-query.ts";
import { encodePath, encodeText, recode } from "#core/signing/percent-encoding.ts";
import { redactCanonical } from "#core/signing/redact-canonical.ts";
import { amzDate, parseAmzDate } from "#core/signing/timestamp.ts";

describe("the canonical path", () => {
  test.each([
    ["", "/"],
    ["/", "/"],
    ["//", "/"],
    ["/a/", "/a/"],
    ["/a//b", "/a/b"],
    ["/a/./b/../c", "/a/c"],
    ["/a/..", "/"],
    ["/../a", "/a"],
    ["/.hidden/..a", "/.hidden/..a"],
    ["/my-fn%3Alive", "/my-fn%253Alive"],
    ["/a%2Fb", "/a%252Fb"],
    ["/a b", "/a%20b"],
    ["/ü", "/%C3%BC"],
    ["/a:b@c", "/a%3Ab%40c"],
    ["/half \uD800 pair", "/half%20%EF%BF%BD%20pair"],
  ])("of %j is %j", (path, canonical) => expect(canonicalPath(path, "lambda")).toBe(canonical));

  test("is the path itself for S3", () => expect(canonicalPath("/a//../b%20c", "s3")).toBe("/a//../b%20c"));
});

describe("the canonical query", () => {
  test.each([
    ["", ""],
    ["b=2&a=1", "a=1&b=2"],
    ["a=2&a=1&a=", "a=&a=1&a=2"],
    ["a-b=1&a=2", "a=2&a-b=1"],
    ["flag", "flag="],
    ["flag&=v", "=v&flag="],
    ["a=b=c", "a=b%3Dc"],
    ["a&&b", "a=&b="],
    ["a+b=c%20d", "a%2Bb=c%20d"],
    ["a=%7e%2f%c3%bc", "a=~%2F%C3%BC"],
    ["a=%ff", "a=%FF"],
    ["a=50%&b=%zz", "a=50%25&b=%25zz"],
    ["ключ=ü", "%D0%BA%D0%BB%D1%8E%D1%87=%C3%BC"],
    ["B=1&a=1&A=1", "A=1&B=1&a=1"],
    ["a=1&X-Amz-Signature=ab", "a=1"],
  ])("of %j is %j", (query, canonical) => expect(canonicalQuery(query)).toBe(canonical));

  test("of a canonical query is that query", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (query) => {
        const once = canonicalQuery(query);
        expect(canonicalQuery(once)).toBe(once);
      }),
    );
  });
});

describe("percent-encoding", () => {
  /** RFC 3986 in words of the platform, for text that is well-formed. */
  const strict = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

  test("is that of RFC 3986 for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(encodeText(text)).toBe(strict(text));
        expect(encodePath(text)).toBe(text.split("/").map(strict).join("/"));
      }),
    );
  });

  test("comes to the same whichever way the text was encoded before", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(recode(encodeURIComponent(text))).toBe(strict(text));
        const lower = strict(text).replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase());
        expect(recode(lower)).toBe(strict(text));
      }),
      { examples: [["a b!'()*~"]] },
    );
  });
});

describe("canonical headers", () => {
  test.each([
    ["plain", "plain"],
    ["", ""],
    ["   ", ""],
    ["  a  b\t\tc ", "a b c"],
    ['"a   b"', '"a b"'],
    ["folded\r\n  line", "folded line"],
  ])("make %j to %j", (value, canonical) => expect(canonicalValue(value)).toBe(canonical));

  test("leave out what changes on the way", () => {
    expect(["host", "x-amz-date", "content-type"].every(isSigned)).toBe(true);
    expect(["connection", "date", "proxy-a", "sec-fetch-mode", "user-agent", "x-amzn-trace-id"].some(isSigned)).toBe(
      false,
    );
  });
});

describe("a timestamp", () => {
  test("drops fractions of a second", () => {
    expect(amzDate(Date.parse("2026-11-23T10:11:12.999Z"))).toBe("20261123T101112Z");
  });

  test("is read back to the second", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_799 }), (second) => {
        expect(parseAmzDate(amzDate(second * 1000))).toBe(second * 1000);
      }),
    );
  });

  test.each([
    "",
    "2026-11-23T10:11:12Z",
    "20261123T101112",
    "20261323T101112Z",
    "20260230T101112Z",
    "20261123T251112Z",
  ])("is not %j", (text) => expect(parseAmzDate(text)).toBeNull());
});

describe("redactCanonical()", () => {
  test("replaces the token in headers", () => {
    const canonical = "GET\n/\n\nhost:h\nx-amz-security-token:SECRET==\n\nhost;x-amz-security-token\nhash";
    expect(redactCanonical(canonical)).toBe(
      "GET\n/\n\nhost:h\nx-amz-security-token:<redacted>\n\nhost;x-amz-security-token\nhash",
    );
  });

  test("replaces the token in a query, first or later", () => {
    const query = (text: string) => `GET\n/\n${text}\nhost:h\n\nhost\nhash`;
    expect(redactCanonical(query("X-Amz-Security-Token=SECRET%3D&b=1"))).toBe(
      query("X-Amz-Security-Token=<redacted>&b=1"),
    );
    expect(redactCanonical(query("a=1&X-Amz-Security-Token=SECRET%3D"))).toBe(
      query("a=1&X-Amz-Security-Token=<redacted>"),
    );
  });

  test("leaves everything else alone", () => {
    const canonical = "GET\n/x-amz-security-token:a\n\nhost:h\nx-amz-security-token-x:a\n\nhost\nhash";
    expect(redactCanonical(canonical)).toBe(canonical);
  });
});
