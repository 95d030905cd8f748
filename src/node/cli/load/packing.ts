import { deflateSync, inflateSync } from "node:zlib";
import type { Packing } from "#core/statistics/packing.ts";

const cookie = 0x1c849304 | 0x10;
const headBytes = 8;
/** Of a whole histogram, unpacked; more is none of ours. */
const unpackedMax = 1024 * 1024;

/**
 * HdrHistogram's compressed form, in base64: what its tools and those of other languages read.
 *
 * @see https://github.com/HdrHistogram/HdrHistogram/blob/master/src/main/java/org/HdrHistogram/AbstractHistogram.java encodeIntoCompressedByteBuffer
 */
export const packing: Packing = {
  pack(bytes) {
    const deflated = deflateSync(bytes);
    const head = Buffer.alloc(headBytes);
    head.writeInt32BE(cookie, 0);
    head.writeInt32BE(deflated.length, 4);
    return Buffer.concat([head, deflated]).toString("base64");
  },
  unpack(text) {
    const bytes = Buffer.from(text, "base64");
    if (bytes.length < headBytes || bytes.readInt32BE(0) !== cookie) return null;
    try {
      return inflateSync(bytes.subarray(headBytes), { maxOutputLength: unpackedMax });
    } catch {
      return null;
    }
  },
};
