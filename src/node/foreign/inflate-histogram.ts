import { inflateSync } from "node:zlib";

const cookieV2 = 0x1c849304;
const headBytes = 8;
/** A histogram of five digits over hours, full to the last slot, is less. */
const inflatedMax = 32 * 1024 * 1024;

/**
 * The bytes of a histogram from its compressed form in base64; null for anything else.
 *
 * @see https://github.com/HdrHistogram/HdrHistogram/blob/master/src/main/java/org/HdrHistogram/AbstractHistogram.java decodeFromCompressedByteBuffer
 */
export function inflateHistogram(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length < headBytes || (bytes.readInt32BE(0) & ~0xf0) !== cookieV2) return null;
  const length = bytes.readInt32BE(4);
  if (length < 0 || length > bytes.length - headBytes) return null;
  try {
    return inflateSync(bytes.subarray(headBytes, headBytes + length), { maxOutputLength: inflatedMax });
  } catch {
    return null;
  }
}
