/**
 * How far a statement about AWS may be trusted: `doc` official documentation, `code` recorded responses and public code,
 * `ran` measured by this project, `recalled` general knowledge that nobody here has confirmed.
 */
export type Trust = "doc" | "code" | "ran" | "recalled";

/** What AWS does is data with a source, never code: correct it here when a real VPC says otherwise. */
export interface Fact<T> {
  readonly value: T;
  /** URL of the page that says so, or the name of the recording. */
  readonly source: string;
  readonly trust: Trust;
}

export const fact = <T>(value: T, trust: Trust, source: string): Fact<T> => ({ value, source, trust });
