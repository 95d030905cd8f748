import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import { accessCells, stepOf } from "./ask/access-cells.ts";
import type { Check } from "./check.ts";
import type { JudgedCell } from "./judge/access-cell.ts";
import { judgeCells } from "./judge/access-cells.ts";
import { failWith } from "./judge/fail-by.ts";
import { phaseMeasures } from "./judge/measures.ts";
import { list } from "./judge/say.ts";

export const accessIsAsDeclared: Check = {
  id: "access-is-as-declared",
  group: "auth",
  title: "Every principal may do what it should, and nothing else",
  why: "That one caller gets through says nothing of the others: each principal is let in, or refused by the very layer that should refuse it, and the policy files agree with what the path does.",
  // A door that is shut to all, or open to all, is told by these.
  needs: ["signed-is-answered", "open-is-answered", "unsigned-is-refused"],
  alone: false,
  notFor: (target) => (accessCells(target).length === 0 ? "the config says nothing of `access` or `policies`" : null),
  script: (target) => accessCells(target).map(stepOf),
  judge(exchanges, target) {
    const cells = judgeCells(exchanges, target);
    if (cells.length === 0) return inconclusive("nobody asked anything");
    const measures = { ...phaseMeasures(exchanges, "serviceMs"), cells: cells.length };
    const wrong = cells.filter(({ verdict }) => verdict === "fail");
    const open = cells.filter(({ verdict }) => verdict === "inconclusive");
    const [worst] = [...wrong, ...open];
    if (worst === undefined) {
      const allowed = cells.filter(({ seen }) => seen.kind === "allowed").length;
      return pass(`${allowed} let through and ${cells.length - allowed} refused, each as it should be`, measures);
    }
    const summary = list(tellAll(wrong.length > 0 ? wrong : open), 3);
    return worst.verdict === "inconclusive"
      ? inconclusive(summary, worst.cause, measures)
      : failWith(worst.cause, { summary, measures });
  },
};

/** What one principal met at several requests alike is told once. */
function tellAll(cells: readonly JudgedCell[]): readonly string[] {
  const alike = new Map<string, readonly JudgedCell[]>();
  for (const one of cells) {
    const key = JSON.stringify([one.cell.principal, withoutCredentials(one) ? "" : one.says]);
    alike.set(key, [...(alike.get(key) ?? []), one]);
  }
  return [...alike.values()].map(tell);
}

function tell(alike: readonly JudgedCell[]): string {
  const [first] = alike;
  if (first === undefined) return "";
  if (withoutCredentials(first)) return `${first.cell.principal} has no credentials`;
  const each = alike.length === 1 ? "" : " each";
  return `${first.cell.principal}: ${list(alike.map(({ cell }) => cell.action.name))}${each} ${first.says}`;
}

const withoutCredentials = ({ cause }: JudgedCell): boolean => cause?.code === "credentials-missing";
