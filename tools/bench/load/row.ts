export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly note: string;
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Lets contenders take turns, so that a disturbance of the machine meets all of them. @returns by name, a value a round */
export async function inTurns<T>(
  contenders: Readonly<Record<string, () => Promise<T>>>,
  rounds: number,
): Promise<ReadonlyMap<string, readonly T[]>> {
  const seen = new Map<string, T[]>(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const [name, run] of Object.entries(contenders)) seen.get(name)?.push(await run());
  return seen;
}

/** The median of each round's own ratio: rounds differ more than the contenders within one. */
export const ratio = (
  values: ReadonlyMap<string, readonly number[]>,
  [a, b]: readonly [string, string],
  note = "",
): Row => {
  const over = values.get(b) ?? [];
  const ratios = (values.get(a) ?? []).map((value, round) => value / (over[round] ?? Number.NaN));
  const spread =
    ratios.length < 2 ? "" : `rounds ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  return { name: `${a} ÷ ${b}`, value: median(ratios), unit: "×", note: [note, spread].filter(Boolean).join(" · ") };
};
