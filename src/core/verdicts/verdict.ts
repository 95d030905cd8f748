import type { Diagnosis } from "#core/causes/cause.ts";

/** Numbers by name, its unit within: `connectMs`, `certificateDaysLeft`; few are words, such as `closeKind`. */
export type Measures = Readonly<Record<string, number | string>>;

/** What a check found. There is no failure without a cause and no pass without something seen. */
export type Verdict =
  | { readonly kind: "pass"; readonly summary: string; readonly measures: Measures }
  | { readonly kind: "fail"; readonly summary: string; readonly cause: Diagnosis; readonly measures: Measures }
  | {
      readonly kind: "inconclusive";
      readonly summary: string;
      readonly cause: Diagnosis | null;
      readonly measures: Measures;
    }
  | { readonly kind: "skipped"; readonly summary: string };

export const pass = (summary: string, measures: Measures = {}): Verdict => ({ kind: "pass", summary, measures });
export const fail = (summary: string, cause: Diagnosis, measures: Measures = {}): Verdict => ({
  kind: "fail",
  summary,
  cause,
  measures,
});
export const inconclusive = (summary: string, cause: Diagnosis | null = null, measures: Measures = {}): Verdict => ({
  kind: "inconclusive",
  summary,
  cause,
  measures,
});
export const skipped = (summary: string): Verdict => ({ kind: "skipped", summary });
