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

/** Whole parts of the plot's measure: about a pixel across the widest plot, less than half of one up, and short. */
const digits = 0;

const round = (value: number): string => String(Math.round(value));
const across = (x: number): number => x * extent;
const downwards = (y: number): number => (1 - y) * extent;

const polyline = line<Point | null>()
  .defined((point) => point !== null)
  .x((point) => across(point?.x ?? 0))
  .y((point) => downwards(point?.y ?? 0))
  .digits(digits);

const between = area<Slice | null>()
  .defined((slice) => slice !== null)
  .x((slice) => across(slice?.x ?? 0))
  .y0((slice) => downwards(slice?.low ?? 0))
  .y1((slice) => downwards(slice?.high ?? 0))
  .digits(digits);

/** The same path in steps from point to point, which are shorter to write than places. */
function inSteps(path: string): string {
  let [x, y, startX, startY] = [0, 0, 0, 0];
  return path.replace(/([ML])(-?\d+),(-?\d+)|Z/g, (whole, command: string, toX: string, toY: string) => {
    if (whole === "Z") {
      [x, y] = [startX, startY];
      return "z";
    }
    const [right, down] = [Number(toX) - x, Number(toY) - y];
    [x, y] = [Number(toX), Number(toY)];
    if (command === "L") return down === 0 ? `h${right}` : `l${right} ${down}`;
    [startX, startY] = [x, y];
    return `m${right} ${down}`;
  });
}

/** A line through the points; a gap wherever there is none. A lone point is a dot, since line caps are round. */
export const linePath = (points: readonly (Point | null)[]): string => inSteps(polyline(points) ?? "");

/** The area between the lows and the highs; a gap wherever there is none. */
export const bandPath = (slices: readonly (Slice | null)[]): string => inSteps(between(slices) ?? "");

/** Round line caps make it a dot that does not stretch with the plot. */
export const dot = ({ x, y }: Point): string => `M${round(across(x))} ${round(downwards(y))}h.01`;

/** A stroke from the low to the high; a dot where they are one. */
export function strokePath({ x, low, high }: Slice): string {
  const [top, bottom] = [round(downwards(high)), round(downwards(low))];
  return top === bottom ? dot({ x, y: low }) : `M${round(across(x))} ${bottom}V${top}`;
}

export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly height: number;
}

/** Bars from the bottom, those of no height left out; neighbours share an outline. */
export function barsPath(bars: readonly Bar[]): string {
  const path = bars.map(({ from, to, height }, index) => {
    if (height <= 0) return "";
    const [before, after] = [bars[index - 1], bars[index + 1]];
    const begins = before === undefined || before.height <= 0 || before.to !== from;
    const ends = after === undefined || after.height <= 0 || after.from !== to;
    const top = `V${round(downwards(height))}H${round(across(to))}`;
    return `${begins ? `M${round(across(from))} ${extent}` : ""}${top}${ends ? `V${extent}` : ""}`;
  });
  return path.join("");
}

/** Lines across at `ys` and down at `xs`. */
export const gridPath = (xs: readonly number[], ys: readonly number[]): string =>
  [...ys.map(levelPath), ...xs.map(uprightPath)].join("");

export const levelPath = (y: number): string => `M0 ${round(downwards(y))}H${extent}`;
export const uprightPath = (x: number): string => `M${round(across(x))} 0V${extent}`;
