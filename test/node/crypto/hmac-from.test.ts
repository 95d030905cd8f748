import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hmacFrom } from "#node/crypto/hmac-from.ts";

describe("the HMAC of texts that begin alike", () => {
  test("is that of createHmac, whatever the key, the opening and the rest", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 0, maxLength: 64 }),
        fc.string({ unit: "binary", maxLength: 300 }),
        fc.array(fc.string({ unit: "grapheme-ascii", maxLength: 120 }), { minLength: 1, maxLength: 4 }),
        (key, opening, rests) => {
          const hmac = hmacFrom(key, opening);
          // One after the other: what was longer before must not show in what is shorter now.
          for (const rest of rests)
            expect(hmac(rest)).toBe(
              createHmac("sha256", key)
                .update(opening + rest)
                .digest("hex"),
            );
        },
      ),
    );
  });

  test("refuses a key that would have to be hashed first", () => {
    expect(() => hmacFrom(new Uint8Array(65), "")).toThrow(/65 bytes/);
  });
});
