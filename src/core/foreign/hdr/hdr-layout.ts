/** How an HdrHistogram of whatever range and precision lays out its values, which are whole numbers of some unit. */
export interface HdrLayout {
  readonly lowest: number;
  readonly digits: number;
}

/** The values that are counted at an index: from `lowest` to `highest`, which the tools call equivalent. */
export interface Equivalent {
  readonly lowest: number;
  readonly highest: number;
}

/** @see https://github.com/HdrHistogram/HdrHistogram/blob/master/src/main/java/org/HdrHistogram/AbstractHistogram.java valueFromIndex */
export function equivalentAt({ lowest, digits }: HdrLayout, index: number): Equivalent {
  const halfBits = Math.max(1, Math.ceil(Math.log2(2 * 10 ** digits))) - 1;
  const halfCount = 2 ** halfBits;
  const unitBits = Math.floor(Math.log2(lowest));
  const bucket = Math.floor(index / halfCount) - 1;
  const within = index % halfCount;
  const width = 2 ** (Math.max(0, bucket) + unitBits);
  const value = (bucket < 0 ? within : within + halfCount) * width;
  return { lowest: value, highest: value + width - 1 };
}
