import type { ReportedThreshold } from "./run-report.ts";

const opposites: Readonly<Record<string, string>> = {
  "<": "over",
  "<=": "over",
  ">": "under",
  ">=": "under",
  "==": "not",
};

/** What a threshold found, to be read aloud: `p99 of orders-lattice is 312 ms, over 250 ms`. */
export function thresholdSentence({ rule, observed, target, verdict }: ReportedThreshold): string {
  const { measure, relation, bound } = readRule(rule);
  if (verdict === "inconclusive" || verdict === "skipped")
    return `${rule} of ${target} could not be judged: ${observed}`;
  if (!/^[\d.]/.test(observed))
    return `${rule} at ${target} ${verdict === "pass" ? "held" : "did not hold"}, ${observed}`;
  const [value = observed, ...remarks] = observed.split("; ");
  const is = `${(subjects[measure] ?? plain(measure))(target)} ${value}`;
  const judged = verdict === "pass" ? `as asked (${rule})` : `${distance(value, relation, bound)} ${spaced(bound)}`;
  return [`${is}, ${judged}`, ...remarks].join("; ");
}

/** How a value breaks the rule; one that only touches its bound is not called beyond it. */
function distance(value: string, relation: string, bound: string): string {
  const beyond = opposites[relation] ?? "not";
  const touches = value.replace(/\(.*\)/, "").replaceAll(" ", "") === bound.replaceAll(" ", "");
  if (!touches || beyond === "not") return beyond;
  return beyond === "over" ? "not under" : "not over";
}

const plain =
  (measure: string) =>
  (target: string): string =>
    `${measure} of ${target} is`;

const subjects: Readonly<Record<string, (target: string) => string>> = {
  failures: (target) => `failures at ${target} are`,
  reuse: (target) => `connection reuse at ${target} is`,
  stale: (target) => `stale reuses at ${target} are`,
  dropped: (target) => `requests for ${target} that were never sent are`,
  retries: (target) => `suspected silent retries at ${target} are`,
  requests: (target) => `requests to ${target} are`,
};

interface Rule {
  readonly measure: string;
  readonly relation: string;
  readonly bound: string;
}

/** A rule that does not read so is shown as it is written. */
function readRule(rule: string): Rule {
  const [, measure, relation, bound] = /^\s*((?:\w+\s+)?\w+)\s*(<=|>=|==|<|>)\s*(\S.*?)\s*$/.exec(rule) ?? [];
  return { measure: measure ?? rule, relation: relation ?? "==", bound: bound ?? rule };
}

/** `250ms` is how a config writes it, `250 ms` how people do. */
const spaced = (bound: string): string => bound.replace(/^(\d+(?:\.\d+)?)([a-zµ]+)$/, "$1 $2");
