/** Where a document is not what it must be. */
export interface PolicyProblem {
  /** `Statement[1].Condition.StringLike` */
  readonly path: string;
  /** Continues `expected …`. */
  readonly expected: string;
}

/** Takes down a problem and gives null, so that a reader can `return` it and go on to the next. */
export type Report = (path: string, expected: string) => null;

export type JsonRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A string or a list of at least one; null when it is neither, after reporting. */
export function readTexts(value: unknown, path: string, report: Report): readonly string[] | null {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.filter((entry) => typeof entry === "string");
  if (texts.length !== list.length || texts.length === 0) return report(path, "a string or a list of strings");
  return texts;
}

/** Reports every key that is not among the known ones. */
export function refuseOthers(record: JsonRecord, known: readonly string[], path: string, report: Report): void {
  for (const key of Object.keys(record)) {
    if (!known.includes(key)) report(path === "" ? key : `${path}.${key}`, `no such element, only ${known.join(", ")}`);
  }
}
