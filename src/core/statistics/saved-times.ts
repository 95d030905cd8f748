import { type Ms, ms } from "#core/units.ts";
import type { Counted } from "./histogram.ts";
import { decodeSlots, encodeHistogram } from "./histogram-bytes.ts";
import type { Packing } from "./packing.ts";

/** A histogram in a line of JSON. */
export interface SavedTimes {
  /** HdrHistogram V2, packed. */
  readonly hdr: string;
  /** What buckets do not keep. */
  readonly meanMs: number;
  readonly minMs: number;
  readonly maxMs: number;
}

/** Null of one without a value. */
export function saveTimes(times: Counted, { pack }: Packing): SavedTimes | null {
  const [meanMs, minMs, maxMs] = [times.mean(), times.min(), times.max()];
  if (meanMs === null || minMs === null || maxMs === null) return null;
  return { hdr: pack(encodeHistogram(times)), meanMs, minMs, maxMs };
}

export function readTimes(saved: SavedTimes | null | undefined, { unpack }: Packing): Counted | "broken" | null {
  if (saved === undefined || saved === null) return null;
  const bytes = unpack(saved.hdr);
  const slots = bytes === null ? null : decodeSlots(bytes);
  if (slots === null) return "broken";
  const one = (value: number) => (): Ms => ms(value);
  return {
    count: slots.reduce((sum, [, count]) => sum + count, 0),
    mean: one(saved.meanMs),
    min: one(saved.minMs),
    max: one(saved.maxMs),
    slots: () => slots,
  };
}

export const isSavedTimes = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value["hdr"] === "string" &&
  [value["meanMs"], value["minMs"], value["maxMs"]].every(isAmount);

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isAmount = (value: unknown): value is number => typeof value === "number" && value >= 0 && value < 2 ** 53;
