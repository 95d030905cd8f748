import { createHmac, hash } from "node:crypto";
import type { Hashing } from "#core/signing/hashing.ts";
import { hmacFrom } from "./hmac-from.ts";

export const hashing: Hashing = {
  sha256Hex: (data) => hash("sha256", data, "hex"),
  hmacSha256: (key, data) => createHmac("sha256", key).update(data).digest(),
  hmacSha256Hex: (key, data) => createHmac("sha256", key).update(data).digest("hex"),
  hmacSha256HexFrom: hmacFrom,
};
