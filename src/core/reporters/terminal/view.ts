import type { OverallVerdict } from "../run-report.ts";

/** What picocolors offers and this view uses; identity functions make it plain. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

export interface TerminalView {
  readonly paint: Paint;
  readonly columns: number;
}

const glyphs = { pass: "✓", fail: "✗", inconclusive: "?", skipped: "·" } as const satisfies Record<
  OverallVerdict,
  string
>;

export function colour(verdict: OverallVerdict, { paint }: TerminalView): (text: string) => string {
  return { pass: paint.green, fail: paint.red, inconclusive: paint.yellow, skipped: paint.dim }[verdict];
}

export const mark = (verdict: OverallVerdict, view: TerminalView): string => colour(verdict, view)(glyphs[verdict]);
