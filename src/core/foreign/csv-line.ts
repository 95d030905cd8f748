/** One row of RFC 4180: values in quotes may hold commas and doubled quotes. */
export function splitCsv(line: string): readonly string[] {
  if (!line.includes('"')) return line.split(",");
  const values: string[] = [];
  let at = 0;
  while (at <= line.length) {
    const quoted = line[at] === '"';
    const end = quoted ? closingQuote(line, at) + 1 : nextComma(line, at);
    values.push(quoted ? line.slice(at + 1, end - 1).replaceAll('""', '"') : line.slice(at, end));
    at = end + 1;
  }
  return values;
}

function closingQuote(line: string, opening: number): number {
  for (let at = opening + 1; at < line.length; at++) {
    if (line[at] !== '"') continue;
    if (line[at + 1] !== '"') return at;
    at++;
  }
  return line.length;
}

function nextComma(line: string, from: number): number {
  const at = line.indexOf(",", from);
  return at < 0 ? line.length : at;
}

/** Puts rows together again whose quoted values hold line ends. */
export interface RowJoiner {
  /** The whole row; null while it goes on. */
  take(line: string): string | null;
  /** Whether a row is still open. */
  readonly open: boolean;
}

export function createRowJoiner(): RowJoiner {
  let held: string | null = null;
  return {
    take(line) {
      if (held === null && !line.includes('"')) return line;
      const row: string = held === null ? line : `${held}\n${line}`;
      held = quotesIn(row) % 2 === 0 ? null : row;
      // An unmatched quote must not swallow the rest of a file.
      if (held !== null && held.length > rowMax) held = null;
      return held === null ? row : null;
    },
    get open() {
      return held !== null;
    },
  };
}

const rowMax = 64 * 1024;

function quotesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count += 1;
  return count;
}
