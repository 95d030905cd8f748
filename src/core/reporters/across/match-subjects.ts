import type { ComparableRun, RunSubject } from "./comparable-run.ts";

/** One target of two sides, in each of their runs. */
export interface Matched {
  readonly name: string;
  /** Which of its times both sides have: service where they can. */
  readonly measure: "service" | "response";
  readonly base: readonly SubjectOfRun[];
  readonly other: readonly SubjectOfRun[];
}

export interface SubjectOfRun {
  readonly run: ComparableRun;
  readonly subject: RunSubject;
}

/**
 * Targets of the same id belong together; where every run has one target, they do whatever they are called. What is left over is
 * told in sentences.
 */
export function matchSubjects(
  base: readonly ComparableRun[],
  other: readonly ComparableRun[],
): { readonly matched: readonly Matched[]; readonly unmatched: readonly string[] } {
  const runs = [...base, ...other];
  if (runs.every(({ subjects }) => subjects.length === 1)) {
    const names = [...new Set(runs.flatMap(({ subjects }) => subjects.map(({ load }) => load.target)))];
    return withMeasure(names.length === 1 ? (names[0] ?? "") : names.join(" / "), base, other, () => true);
  }
  const ids = [...new Set(runs.flatMap(({ subjects }) => subjects.map(({ load }) => load.target)))];
  const found = ids.map((id) => withMeasure(id, base, other, ({ load }) => load.target === id));
  return { matched: found.flatMap(({ matched }) => matched), unmatched: found.flatMap(({ unmatched }) => unmatched) };
}

function withMeasure(
  name: string,
  base: readonly ComparableRun[],
  other: readonly ComparableRun[],
  is: (subject: RunSubject) => boolean,
) {
  const pick = (runs: readonly ComparableRun[]): readonly SubjectOfRun[] =>
    runs.flatMap((run) => run.subjects.filter(is).map((subject) => ({ run, subject })));
  const [ofBase, ofOther] = [pick(base), pick(other)];
  const lacking = [...base, ...other].filter(({ subjects }) => !subjects.some(is)).map((run) => run.name);
  if (ofBase.length === 0 || ofOther.length === 0)
    return { matched: [], unmatched: [`${name} is not in ${lacking.join(", ")}: it is compared with nothing.`] };
  const all = [...ofBase, ...ofOther];
  const measure = all.every(({ subject }) => subject.load.serviceMs !== null)
    ? ("service" as const)
    : all.every(({ subject }) => subject.load.responseMs !== null)
      ? ("response" as const)
      : null;
  if (measure === null)
    return {
      matched: [],
      unmatched: [
        `${name} is compared with nothing: one run tells service time, another response time, or none was answered.`,
      ],
    };
  return {
    matched: [{ name, measure, base: ofBase, other: ofOther }],
    unmatched:
      lacking.length === 0 ? [] : [`${name} is not in ${lacking.join(", ")}: only the other runs count for it.`],
  };
}
