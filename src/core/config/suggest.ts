/** The candidate that `typed` was probably meant to be: begun alike, or a slip in every third letter; null when none is. */
export function nearest(typed: string, candidates: readonly string[]): string | null {
  if (typed.length > 64) return null;
  const scored = candidates
    .map((candidate) => ({ candidate, distance: editDistance(plain(typed), plain(candidate)) }))
    .toSorted((a, b) => a.distance - b.distance);
  const near = ({ candidate, distance }: { readonly candidate: string; readonly distance: number }) =>
    distance <= Math.floor(candidate.length / 3) || (typed.length > 2 && plain(candidate).startsWith(plain(typed)));
  return scored.find(near)?.candidate ?? null;
}

/** `first_byte`, `firstbyte` and `firstByte` are the same slip. */
const plain = (text: string): string => text.toLowerCase().replace(/[_-]/g, "");

/** Insertions, deletions and replacements of one character, and two neighbours changed about (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let above: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      const swapped = a[i] === b[j - 1] && a[i - 1] === b[j] ? (above[j - 1] ?? replaced) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    above = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** `"a"`, `"b" or "c"`. */
export function oneOf(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}

/** `, perhaps "lattice"`, or nothing. */
export function perhaps(typed: unknown, candidates: readonly string[]): string {
  const found = typeof typed === "string" ? nearest(typed, candidates) : null;
  return found === null ? "" : `, perhaps "${found}"`;
}

/** After a name that there is not: `; did you mean "lattice"?`, or a full stop. */
export function didYouMean(typed: string, candidates: readonly string[]): string {
  const found = nearest(typed, candidates);
  return found === null ? "." : `; did you mean "${found}"?`;
}
