/** The plot's own measure: 0 to 1000 both ways, stretched to whatever room there is. */
const extent = 1000;

export interface Point {
  /** In [0, 1], from the left. */
  readonly x: number;
  /** In [0, 1], from the bottom. */
  readonly y: number;
}

const across = (x: number): string => String(Math.round(x * extent * 10) / 10);
const down = (y: number): string => String(Math.round((1 - y) * extent * 10) / 10);
const place = ({ x, y }: Point): string => `${across(x)} ${down(y)}`;

/** A line through the points; a gap wherever there is none. A lone point is a dot. */
export const linePath = (points: readonly (Point | null)[]): string => runs(points).map(run).join("");

const run = (points: readonly Point[]): string =>
  points.length === 1 ? points.map(dot).join("") : `M${points.map(place).join("L")}`;

/** Round line caps make it a dot that does not stretch with the plot. */
export const dot = (point: Point): string => `M${place(point)}h.01`;

/** The area between two lines of equally many points. */
export function bandPath(low: readonly (Point | null)[], high: readonly (Point | null)[]): string {
  const lows = runs(low);
  return runs(high)
    .map((top, index) => `M${[...top, ...[...(lows[index] ?? [])].reverse()].map(place).join("L")}Z`)
    .join("");
}

export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly height: number;
}

/** Bars from the bottom, those of no height left out. */
export const barsPath = (bars: readonly Bar[]): string =>
  bars
    .filter(({ height }) => height > 0)
    .map(({ from, to, height }) => `M${across(from)} ${extent}V${down(height)}H${across(to)}V${extent}Z`)
    .join("");

/** Lines across at `ys` and down at `xs`. */
export const gridPath = (xs: readonly number[], ys: readonly number[]): string =>
  [...ys.map((y) => `M0 ${down(y)}H${extent}`), ...xs.map((x) => `M${across(x)} 0V${extent}`)].join("");

export const levelPath = (y: number): string => `M0 ${down(y)}H${extent}`;

/** Unbroken stretches of points. */
function runs(points: readonly (Point | null)[]): readonly (readonly Point[])[] {
  const stretches: Point[][] = [[]];
  for (const point of points) {
    if (point === null) stretches.push([]);
    else stretches.at(-1)?.push(point);
  }
  return stretches.filter(({ length }) => length > 0);
}
