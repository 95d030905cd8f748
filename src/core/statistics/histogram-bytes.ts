import type { Counted } from "./histogram.ts";
import { highestMicros, lowestMicros, significantDigits, slotCount } from "./histogram-layout.ts";

const cookieV2 = 0x1c849303 | 0x10;
const headerBytes = 40;

/**
 * HdrHistogram's V2 encoding, uncompressed, in microseconds: what other tools call a histogram once it is deflated and in
 * base64, which the caller does.
 *
 * @see https://github.com/HdrHistogram/HdrHistogram/blob/master/src/main/java/org/HdrHistogram/AbstractHistogram.java encodeIntoByteBuffer
 */
export function encodeHistogram(histogram: Counted): Uint8Array {
  const payload = encodeCounts(histogram);
  const bytes = new Uint8Array(headerBytes + payload.length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, cookieV2);
  view.setInt32(4, payload.length);
  view.setInt32(8, 0);
  view.setInt32(12, significantDigits);
  view.setBigInt64(16, BigInt(lowestMicros));
  view.setBigInt64(24, BigInt(highestMicros));
  view.setFloat64(32, 1);
  bytes.set(payload, headerBytes);
  return bytes;
}

/** Counts in order; a run of empty slots is one negative number. */
function encodeCounts(histogram: Counted): readonly number[] {
  const out: number[] = [];
  let next = 0;
  for (const [slot, count] of histogram.slots()) {
    if (slot > next) pushZigZag(out, BigInt(next - slot));
    pushZigZag(out, BigInt(count));
    next = slot + 1;
  }
  return out;
}

/** ZigZag LEB128 of at most nine bytes, the ninth whole. */
function pushZigZag(out: number[], value: bigint): void {
  let rest = value >= 0n ? value << 1n : (-value << 1n) - 1n;
  for (let byte = 0; byte < 8; byte++) {
    if (rest < 0x80n) {
      out.push(Number(rest));
      return;
    }
    out.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  out.push(Number(rest));
}

/**
 * The slots of what `encodeHistogram` wrote; null for anything else, histograms of another layout included: their slots mean
 * other values.
 */
export function decodeSlots(bytes: Uint8Array): readonly (readonly [slot: number, count: number])[] | null {
  if (bytes.length < headerBytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fits =
    view.getInt32(0) === cookieV2 &&
    view.getInt32(4) === bytes.length - headerBytes &&
    view.getInt32(12) === significantDigits &&
    view.getBigInt64(24) === BigInt(highestMicros);
  return fits ? readSlots(bytes) : null;
}

function readSlots(bytes: Uint8Array): readonly (readonly [slot: number, count: number])[] | null {
  const slots: (readonly [number, number])[] = [];
  let slot = 0;
  let at = headerBytes;
  while (at < bytes.length) {
    let raw = 0n;
    let read = 0;
    for (let more = true; more; read++) {
      const byte = bytes[at + read];
      if (byte === undefined) return null;
      more = read < 8 && byte >= 0x80;
      raw |= BigInt(more ? byte & 0x7f : byte) << BigInt(7 * read);
    }
    at += read;
    const value = Number((raw >> 1n) ^ -(raw & 1n));
    if (value < 0) slot -= value;
    else slots.push([slot++, value]);
    if (slot > slotCount) return null;
  }
  return slots;
}
