/** First and last UTF-16 code unit, both belong to it. */
export type Range = readonly [first: number, last: number];
/** In order, none touches the next. */
export type Ranges = readonly Range[];

export const unitMax = 0xffff;

export function union(all: readonly Range[]): Ranges {
  const joined: [number, number][] = [];
  for (const [first, last] of [...all].sort(([a], [b]) => a - b)) {
    const before = joined.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  return joined;
}

export function complement(ranges: Ranges): Ranges {
  const gaps: Range[] = [];
  let next = 0;
  for (const [first, last] of ranges) {
    if (first > next) gaps.push([next, first - 1]);
    next = last + 1;
  }
  return next > unitMax ? gaps : [...gaps, [next, unitMax]];
}

export const has = (ranges: Ranges, unit: number): boolean =>
  ranges.some(([first, last]) => first <= unit && unit <= last);

export const digits: Ranges = [[0x30, 0x39]];

export const wordUnits: Ranges = union([...digits, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]]);

/** @see https://tc39.es/ecma262/#prod-WhiteSpace and, for what ends a line, #prod-LineTerminator */
export const spaces: Ranges = union([
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
]);

/** What `.` stands for. */
export const notLineEnds: Ranges = complement([
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
]);
