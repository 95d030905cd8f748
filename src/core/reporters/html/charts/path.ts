import { area, line } from "d3-shape";

/** The plot's own measure: 0 to 1000 both ways, stretched to whatever room there is. */
const extent = 1000;

export interface Point {
  /** In [0, 1], from the left. */
  readonly x: number;
  /** In [0, 1], from the bottom. */
  readonly y: number;
}

/** What lies between two heights at one place. */
export interface Slice {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** Tenths of the plot's measure: finer than a pixel of any screen, and short. */
const digits = 1;

const round = (value: number): string => String(Number(value.toFixed(digits)));
const across = (x: number): number => x * extent;
const down = (y: number): number => (1 - y) * extent;

const polyline = line<Point | null>()
  .defined((point) => point !== null)
  .x((point) => across(point?.x ?? 0))
  .y((point) => down(point?.y ?? 0))
  .digits(digits);

const between = area<Slice | null>()
  .defined((slice) => slice !== null)
  .x((slice) => across(slice?.x ?? 0))
  .y0((slice) => down(slice?.low ?? 0))
  .y1((slice) => down(slice?.high ?? 0))
  .digits(digits);

/** A line through the points; a gap wherever there is none. A lone point is a dot, since line caps are round. */
export const linePath = (points: readonly (Point | null)[]): string => polyline(points) ?? "";

/** The area between the lows and the highs; a gap wherever there is none. */
export const bandPath = (slices: readonly (Slice | null)[]): string => between(slices) ?? "";

/** Round line caps make it a dot that does not stretch with the plot. */
export const dot = ({ x, y }: Point): string => `M${round(across(x))} ${round(down(y))}h.01`;

export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly height: number;
}

/** Bars from the bottom, those of no height left out. */
export const barsPath = (bars: readonly Bar[]): string =>
  bars
    .filter(({ height }) => height > 0)
    .map(
      ({ from, to, height }) =>
        `M${round(across(from))} ${extent}V${round(down(height))}H${round(across(to))}V${extent}Z`,
    )
    .join("");

/** Lines across at `ys` and down at `xs`. */
export const gridPath = (xs: readonly number[], ys: readonly number[]): string =>
  [...ys.map(levelPath), ...xs.map(uprightPath)].join("");

export const levelPath = (y: number): string => `M0 ${round(down(y))}H${extent}`;
export const uprightPath = (x: number): string => `M${round(across(x))} 0V${extent}`;
