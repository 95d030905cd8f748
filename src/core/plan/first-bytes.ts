import type { Bytes } from "#core/units.ts";

/** As much of a text as has room in so many bytes of UTF-8. */
export function firstBytes(text: string, max: number | Bytes): string {
  // A code unit takes three bytes at most.
  if (3 * text.length <= max) return text;
  const start = text.slice(0, max);
  // Looked through by the engine itself: k6 interprets loops, a hundred times as slowly.
  if (!/[^\x00-\x7f]/.test(start)) return start;
  let bytes = 0;
  let end = 0;
  for (const character of start) {
    const unit = character.charCodeAt(0);
    bytes += character.length === 2 ? 4 : unit > 0x7ff ? 3 : unit > 0x7f ? 2 : 1;
    if (bytes > max) break;
    end += character.length;
  }
  return text.slice(0, end);
}
