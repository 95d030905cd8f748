import { metadata } from "#core/plan/k6-metrics.ts";
import { readNumber } from "./csv-rows.ts";

/** What the metadata read last said. In place: an object a row would be garbage a hundred thousand times a second. */
export const marks = { vu: 0, dueMs: 0, closing: false };
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const vuKey = encode("vu=");
const dueKey = encode(`${metadata.due}=`);
const closingKey = encode(`${metadata.closing}=`);

/** Reads `vu=1&due=1795464476136.5` into `marks`, in whatever order. */
export function readMetadata(bytes: Buffer, start: number, end: number): void {
  marks.vu = 0;
  marks.dueMs = 0;
  marks.closing = false;
  let at = start;
  while (at < end) {
    if (startsWith(bytes, at, vuKey)) marks.vu = readNumber(bytes, at + vuKey.length);
    else if (startsWith(bytes, at, dueKey)) marks.dueMs = readNumber(bytes, at + dueKey.length);
    else if (startsWith(bytes, at, closingKey)) marks.closing = true;
    while (at < end && bytes[at] !== ampersand) at++;
    at++;
  }
}

const ampersand = 0x26;

function startsWith(bytes: Buffer, from: number, text: Uint8Array): boolean {
  for (let at = 0; at < text.length; at++) if (bytes[from + at] !== text[at]) return false;
  return true;
}
