import { type Group, groupBy } from "./group-by.ts";
import type { OverallVerdict, ReportedCheck, ReportedTarget, RunReport } from "./run-report.ts";
import { worst } from "./tally.ts";

/** Targets of one kind that came to the same verdict at every check. */
export interface TargetClass {
  /** From 1, in the order of the report. */
  readonly number: number;
  readonly verdict: OverallVerdict;
  readonly members: Group<ReportedTarget>;
  /** Of all members. */
  readonly checks: readonly ReportedCheck[];
}

/** Two hundred targets come to a dozen of these: what is said of many targets names them instead of each. */
export function targetClasses({ targets, checks }: Pick<RunReport, "targets" | "checks">): readonly TargetClass[] {
  const own = new Map(groupBy(checks, ({ target }) => target).map((group) => [group[0].target, group]));
  const verdicts = (id: string) => (own.get(id) ?? []).map(({ check, verdict }) => `${check} ${verdict}`).sort();
  const alike = groupBy(targets, ({ id, kind, auth }) => JSON.stringify([kind, auth, verdicts(id)]));
  return alike.map((members, index) => {
    const theirs = members.flatMap(({ id }) => own.get(id) ?? []);
    return { number: index + 1, verdict: worst(theirs), members, checks: theirs };
  });
}

/** Some targets as classes and, of classes that are not among them as a whole, one by one. */
export interface Named {
  readonly classes: readonly TargetClass[];
  readonly others: readonly string[];
}

/** As few names as can be: of a class of two there is nothing to save. */
export function namedBy(classes: readonly TargetClass[], ids: readonly string[]): Named {
  const wanted = new Set(ids);
  const whole = classes.filter(({ members }) => members.length > 2 && members.every(({ id }) => wanted.has(id)));
  const covered = new Set(whole.flatMap(({ members }) => members.map(({ id }) => id)));
  return { classes: whole, others: ids.filter((id) => !covered.has(id)) };
}
