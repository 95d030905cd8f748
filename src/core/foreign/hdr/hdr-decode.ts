import type { Equivalent } from "./hdr-layout.ts";
import { equivalentAt } from "./hdr-layout.ts";

export type HdrCounts = readonly (readonly [value: Equivalent, count: number])[];

export type HdrReading =
  | { readonly kind: "counts"; readonly counts: HdrCounts }
  | { readonly kind: "problem"; readonly problem: string };

const cookieV2 = 0x1c849303;
const headerBytes = 40;

/**
 * Reads HdrHistogram's V2 encoding, of whatever range and precision: what is in an interval log once it is inflated.
 *
 * @see https://github.com/HdrHistogram/HdrHistogram/blob/master/src/main/java/org/HdrHistogram/AbstractHistogram.java decodeFromByteBuffer
 */
export function decodeHdr(bytes: Uint8Array): HdrReading {
  if (bytes.length < headerBytes) return wrong("its histogram is cut off");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cookie = view.getInt32(0) & ~0xf0;
  if (cookie !== cookieV2) return wrong("its histogram is not in HdrHistogram's V2 encoding");
  const length = view.getInt32(4);
  const digits = view.getInt32(12);
  const lowest = Number(view.getBigInt64(16));
  if (length < 0 || length > bytes.length - headerBytes) return wrong("its histogram is cut off");
  if (view.getInt32(8) !== 0 || view.getFloat64(32) !== 1)
    return wrong("its histogram is of fractions, which is not read");
  if (digits < 0 || digits > 5 || !(lowest >= 1)) return wrong("its histogram has no valid precision or lowest value");
  return readCounts(bytes.subarray(headerBytes, headerBytes + length), (index) =>
    equivalentAt({ lowest, digits }, index),
  );
}

const wrong = (problem: string): HdrReading => ({ kind: "problem", problem });

/** More slots than any layout has: what follows would be no count of ours. */
const indexMax = 64 * 2 ** 18;

function readCounts(payload: Uint8Array, valueAt: (index: number) => Equivalent): HdrReading {
  const counts: (readonly [Equivalent, number])[] = [];
  let index = 0;
  let at = 0;
  while (at < payload.length) {
    const read = readZigZag(payload, at);
    if (read === null) return wrong("its histogram is cut off");
    at = read.next;
    if (read.value < 0) index -= read.value;
    else {
      if (read.value > 0) counts.push([valueAt(index), read.value]);
      index += 1;
    }
    if (index > indexMax || read.value > Number.MAX_SAFE_INTEGER) return wrong("its histogram counts what cannot be");
  }
  return { kind: "counts", counts };
}

/** ZigZag LEB128 of at most nine bytes, the ninth whole. */
function readZigZag(bytes: Uint8Array, from: number): { readonly value: number; readonly next: number } | null {
  let raw = 0n;
  let at = from;
  for (let more = true, read = 0; more; read++) {
    const byte = bytes[at];
    if (byte === undefined) return null;
    more = read < 8 && byte >= 0x80;
    raw |= BigInt(more ? byte & 0x7f : byte) << BigInt(7 * read);
    at += 1;
  }
  return { value: Number((raw >> 1n) ^ -(raw & 1n)), next: at };
}
