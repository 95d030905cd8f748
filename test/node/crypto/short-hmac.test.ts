import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shortHmac } from "#node/crypto/short-hmac.ts";

describe("the HMAC of a short text", () => {
  test("is that of createHmac, whatever the key and the text", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 0, maxLength: 64 }),
        fc.array(fc.string({ unit: "binary", maxLength: 120 }), { minLength: 1, maxLength: 4 }),
        (key, texts) => {
          // One after the other with one key: what was longer before must not show in what is shorter now.
          for (const text of texts)
            expect(shortHmac(key, text)).toBe(createHmac("sha256", key).update(text, "utf8").digest("hex"));
        },
      ),
    );
  });

  test("is left to createHmac for keys and texts that it has no room for", () => {
    expect(shortHmac("a text", "x")).toBeNull();
    expect(shortHmac(new Uint8Array(65), "x")).toBeNull();
    expect(shortHmac(new Uint8Array(32), "x".repeat(257))).toBeNull();
    const longest = "€".repeat(256);
    expect(shortHmac(new Uint8Array(64), longest)).toBe(
      createHmac("sha256", new Uint8Array(64)).update(longest).digest("hex"),
    );
  });
});
