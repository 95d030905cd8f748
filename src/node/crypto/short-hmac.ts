import { hash } from "node:crypto";

/** A key as RFC 2104 has it, and room for what is hashed with it. */
interface Pads {
  /** The key, blended with `ipad`, then the text. */
  readonly inner: Buffer;
  /** The key, blended with `opad`, then the hash of the inner one. */
  readonly outer: Buffer;
}

const blockBytes = 64;
const hashBytes = 32;
/** A string to sign has some 130 characters. */
const textMax = 256;

/** As long as the key itself, and no longer: they are as secret as it is. */
const known = new WeakMap<Uint8Array, Pads>();

/**
 * HMAC-SHA-256 in hex from two one-shot hashes, which take half as long as an object of `createHmac` (0.85 and 1.75 µs): of
 * signing a request, that object is the dearest part. Null for what it is not made for: a key given as text, or of more than
 * a block, or a long text.
 *
 * @param key not to be written over
 * @see https://www.rfc-editor.org/rfc/rfc2104#section-2
 */
export function shortHmac(key: string | Uint8Array, text: string): string | null {
  if (typeof key === "string" || key.length > blockBytes || text.length > textMax) return null;
  let pads = known.get(key);
  if (pads === undefined) {
    pads = padsOf(key);
    known.set(key, pads);
  }
  const { inner, outer } = pads;
  const size = blockBytes + inner.write(text, blockBytes, "utf8");
  outer.write(hash("sha256", inner.subarray(0, size), "hex"), blockBytes, "hex");
  return hash("sha256", outer, "hex");
}

function padsOf(key: Uint8Array): Pads {
  // A character is three bytes at most of each of its UTF-16 units.
  const inner = Buffer.alloc(blockBytes + 3 * textMax);
  const outer = Buffer.alloc(blockBytes + hashBytes);
  for (let at = 0; at < blockBytes; at += 1) {
    inner[at] = 0x36 ^ (key[at] ?? 0);
    outer[at] = 0x5c ^ (key[at] ?? 0);
  }
  return { inner, outer };
}
