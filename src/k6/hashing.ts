import { hmac, sha256 } from "k6/crypto";
import type { Hashing } from "#core/signing/hashing.ts";

const raw = (input: string | Uint8Array): string | ArrayBuffer =>
  typeof input === "string" ? input : new Uint8Array(input).buffer;

/** k6's native hashes: some eighty times faster there than any in JavaScript. */
export const hashing: Hashing = {
  sha256Hex: (data) => sha256(raw(data), "hex"),
  hmacSha256: (key, data) => new Uint8Array(hmac("sha256", raw(key), data, "binary")),
  hmacSha256Hex: (key, data) => hmac("sha256", raw(key), data, "hex"),
};
