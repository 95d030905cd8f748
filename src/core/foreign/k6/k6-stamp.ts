/**
 * A time as k6 writes it, in milliseconds since the epoch: whole seconds, milli-, micro- or nanoseconds, or RFC 3339, as
 * K6_CSV_TIME_FORMAT says. The number of digits tells them apart from 2001 to 5138. Null for anything else.
 */
export function readStamp(text: string): number | null {
  if (/^\d{9,19}$/.test(text)) return Number(text) * unitMs(text.length);
  if (!/^\d{4}-\d\d-\d\dT/.test(text)) return null;
  const [, seconds = "", fraction = "", zone = ""] = /^(.{19})(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  const wholeMs = Date.parse(`${seconds}${zone}`);
  return Number.isNaN(wholeMs) ? null : wholeMs + Number(`0${fraction || ".0"}`) * 1000;
}

/** How finely such times are kept. */
export function stampResolutionMs(text: string): number {
  if (/^\d+$/.test(text)) return unitMs(text.length);
  const [, digits = ""] = /\.(\d+)/.exec(text) ?? [];
  return 1000 / 10 ** digits.length;
}

function unitMs(digits: number): number {
  if (digits <= 11) return 1000;
  if (digits <= 14) return 1;
  return digits <= 17 ? 0.001 : 0.000_001;
}
