/** Levenshtein distance, one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The known word most like `word`, if it is like enough to be a slip of the hand. */
export function nearest(word: string, known: readonly string[]): string | null {
  const ranked = known.map((one) => ({ one, by: distance(word, one) })).sort((a, b) => a.by - b.by);
  const best = ranked[0];
  return best !== undefined && best.by <= Math.max(2, Math.floor(word.length / 3)) ? best.one : null;
}
