type Pairs = readonly (readonly [string, string])[];

// Own keys only, whatever they are called: `__proto__` is a name like any other to a client.
const fromEntries = <T>(entries: Iterable<readonly [string, T]>): Record<string, T> => Object.fromEntries(entries);

/** Names with their last value. */
export const lastValues = (pairs: Pairs): Record<string, string> => fromEntries(new Map(pairs));

/** Names with all their values, in order. */
export function allValues(pairs: Pairs): Record<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of pairs) found.set(name, [...(found.get(name) ?? []), value]);
  return fromEntries(found);
}

/** Names with all their values in one text, `v1, v2`. */
export const joinedValues = (pairs: Pairs): Record<string, string> =>
  fromEntries(Object.entries(allValues(pairs)).map(([name, values]) => [name, values.join(", ")] as const));

export const lowerNames = (pairs: Pairs): Pairs => pairs.map(([name, value]) => [name.toLowerCase(), value]);

/** Names that differ only in case are one: all take the first's spelling. */
export function oneSpelling(pairs: Pairs): Pairs {
  const firsts = new Map<string, string>();
  for (const [name] of pairs) firsts.set(name.toLowerCase(), firsts.get(name.toLowerCase()) ?? name);
  return pairs.map(([name, value]) => [firsts.get(name.toLowerCase()) ?? name, value]);
}

/** Without the named ones, compared in lower case. */
export const without = (pairs: Pairs, names: readonly string[]): Pairs =>
  pairs.filter(([name]) => !names.includes(name.toLowerCase()));

/** The last value of a header, or null. */
export const lastValue = (pairs: Pairs, name: string): string | null =>
  pairs.findLast(([key]) => key.toLowerCase() === name)?.[1] ?? null;
