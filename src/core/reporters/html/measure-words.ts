import type { ReportedCheck } from "../run-report.ts";

type Measure = ReportedCheck["measures"][string];

export const showMeasure = (value: Measure): string =>
  typeof value === "string" ? value : String(Number(value.toPrecision(6)));

/** `connectMs 0.4 · status 200`. */
export const measureWords = (measures: readonly (readonly [name: string, value: Measure])[]): string =>
  measures.map(([name, value]) => `${name} ${showMeasure(value)}`).join(" · ");
