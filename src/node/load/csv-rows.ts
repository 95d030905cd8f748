const newline = 0x0a;
const quote = 0x22;
const comma = 0x2c;
const dot = 0x2e;
const minus = 0x2d;

/** A row within the bytes it came in: `start` its first byte, `end` its newline. Valid only until the next. */
export type OnRow = (bytes: Buffer, start: number, end: number) => void;

/** Cuts a stream of bytes into rows, wherever its chunks end. A newline within quotes ends no row. */
export function createRowCutter(onRow: OnRow): { push(chunk: Buffer): void; readonly restBytes: number } {
  let rest: Buffer | null = null;
  return {
    push(chunk) {
      const bytes = rest === null ? chunk : Buffer.concat([rest, chunk]);
      const end = cut(bytes, onRow);
      rest = end < bytes.length ? Buffer.from(bytes.subarray(end)) : null;
    },
    get restBytes() {
      return rest?.length ?? 0;
    },
  };
}

/** Where the last whole row ends. */
function cut(bytes: Buffer, onRow: OnRow): number {
  let start = 0;
  // Looked for once a quote, not once a row: most streams have none.
  let nextQuote = find(bytes, quote, 0);
  while (start < bytes.length) {
    let end = bytes.indexOf(newline, start);
    if (end < 0) return start;
    if (nextQuote < end) {
      end = endOfQuoted(bytes, start);
      if (end < 0) return start;
      nextQuote = find(bytes, quote, end);
    }
    onRow(bytes, start, end);
    start = end + 1;
  }
  return start;
}

function endOfQuoted(bytes: Buffer, start: number): number {
  let inside = false;
  for (let at = start; at < bytes.length; at++) {
    if (bytes[at] === quote) inside = !inside;
    else if (bytes[at] === newline && !inside) return at;
  }
  return -1;
}

function find(bytes: Buffer, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at < 0 ? bytes.length : at;
}

/** The position after the next comma. */
export function afterComma(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== comma) at++;
  return at + 1;
}

/** The number whose first byte is at `from`, as k6 writes it: `-12.500000`. Ends at whatever is no part of it. */
export function readNumber(bytes: Buffer, from: number): number {
  const negative = bytes[from] === minus;
  let at = negative ? from + 1 : from;
  let whole = 0;
  let digit = (bytes[at] ?? 0) - 0x30;
  while (digit >= 0 && digit <= 9) {
    whole = whole * 10 + digit;
    digit = (bytes[++at] ?? 0) - 0x30;
  }
  if (bytes[at] === dot) {
    let scale = 1;
    digit = (bytes[++at] ?? 0) - 0x30;
    let part = 0;
    while (digit >= 0 && digit <= 9 && scale < 1e9) {
      part = part * 10 + digit;
      scale *= 10;
      digit = (bytes[++at] ?? 0) - 0x30;
    }
    whole += part / scale;
  }
  return negative ? -whole : whole;
}

/** Whether the bytes at `from` are those of `name` followed by a comma. */
export function isNamed(bytes: Buffer, from: number, name: Uint8Array): boolean {
  for (let at = 0; at < name.length; at++) if (bytes[from + at] !== name[at]) return false;
  return bytes[from + name.length] === comma;
}

/** The last comma that stands outside quotes; the metadata follows it. */
export function lastComma(bytes: Buffer, start: number, end: number): number {
  let inside = false;
  for (let at = end - 1; at > start; at--) {
    const byte = bytes[at];
    if (byte === quote) inside = !inside;
    else if (byte === comma && !inside) return at;
  }
  return start;
}
