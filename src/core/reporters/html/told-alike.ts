import { type Group, groupBy } from "../group-by.ts";
import { withoutOwnName } from "../own-name.ts";
import type { ReportedCheck, ReportedTarget } from "../run-report.ts";
import { measureWords } from "./measure-words.ts";
import { isTime } from "./times-table.ts";

/** One thing that was found, in the words that fit every target it was found at. */
export interface Told {
  readonly says: string;
  readonly measures: string;
  readonly checks: Group<ReportedCheck>;
}

/** What one check found at many targets, each thing once. How long it took is in the table of times. */
export function toldAlike(checks: readonly ReportedCheck[], targets: readonly ReportedTarget[]): readonly Told[] {
  const byId = new Map(targets.map((target) => [target.id, target]));
  const all = checks.map((check) => {
    const target = byId.get(check.target);
    return {
      check,
      says: target === undefined ? check.summary : withoutOwnName(check.summary, target),
      measures: measureWords(Object.entries(check.measures).filter(([name]) => !isTime(name))),
    };
  });
  return groupBy(all, ({ check, says, measures }) => JSON.stringify([check.verdict, says, measures])).map((group) => {
    const [first, ...others] = group;
    return { says: first.says, measures: first.measures, checks: [first.check, ...others.map(({ check }) => check)] };
  });
}
