/** Lines that could not be read: the first few by name, the rest by number. */
export interface LeftOut {
  add(line: number, problem: string): void;
  readonly count: number;
  sentences(): readonly string[];
}

const namedMax = 3;

export function createLeftOut(): LeftOut {
  const named: string[] = [];
  let count = 0;
  return {
    add(line, problem) {
      count += 1;
      if (named.length < namedMax) named.push(`line ${line}: ${problem}; left out`);
    },
    get count() {
      return count;
    },
    sentences: () => (count > named.length ? [...named, `and ${count - named.length} more lines left out`] : named),
  };
}
