import { parseDuration } from "./quantity.ts";
import { ok, refuse, type Shape } from "./shape.ts";

/** What each measure is compared with. */
const measures: Readonly<Record<string, "duration" | "share" | "count or share">> = {
  mean: "duration",
  p50: "duration",
  p90: "duration",
  p95: "duration",
  p99: "duration",
  p999: "duration",
  max: "duration",
  reuse: "share",
  failures: "count or share",
  stale: "count or share",
  dropped: "count or share",
};

const examples = '"p99 < 250ms", "failures < 0.1%", "stale == 0" or "p95 < baseline * 1.1"';

/** A rule such as `p99 < 250ms`, kept as text: its syntax is checked here, its meaning is the verdicts'. */
export const threshold: Shape<string> = {
  schema: { type: "string", examples: ["p99 < 250ms", "failures < 0.1%", "stale == 0", "p95 < baseline * 1.1"] },
  read(input, path) {
    if (typeof input !== "string") return refuse(path, `a threshold such as ${examples}`);
    const wrong = whatIsWrong(input);
    return wrong === null ? ok(input) : refuse(path, wrong);
  },
};

/** Continues `expected …`; null when the rule reads well. */
function whatIsWrong(rule: string): string | null {
  const [, measure, bound = ""] = /^\s*(\w+)\s*(?:<=|>=|==|<|>)\s*(\S.*?)\s*$/.exec(rule) ?? [];
  if (measure === undefined) return `a threshold such as ${examples}`;
  const unit = Object.hasOwn(measures, measure) ? measures[measure] : undefined;
  if (unit === undefined) return `a threshold on one of ${Object.keys(measures).join(", ")}`;
  if (/^baseline(?:\s*\*\s*\d{1,6}(?:\.\d{1,6})?)?$/.test(bound)) return null;
  const isShare = /^(?:100(?:\.0+)?|\d{1,2}(?:\.\d{1,6})?)%$/.test(bound);
  if (unit === "duration") return parseDuration(bound) !== null ? null : `a duration after ${measure}, such as "250ms"`;
  if (unit === "share") return isShare ? null : `a percentage after ${measure}, such as "99%"`;
  return isShare || /^\d{1,9}$/.test(bound) ? null : `a count or percentage after ${measure}, such as "0" or "0.1%"`;
}
