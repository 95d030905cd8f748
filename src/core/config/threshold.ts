import { ok, refuse, type Shape } from "./shape.ts";
import { readRule } from "./threshold-rule.ts";

/** A rule such as `p99 < 250ms`, kept as text: its syntax is checked here, its meaning is the verdicts'. */
export const threshold: Shape<string> = {
  schema: { type: "string", examples: ["p99 < 250ms", "failures < 0.1%", "stale == 0", "p95 < baseline * 1.1"] },
  read(input, path) {
    const read = readRule(typeof input === "string" ? input : "");
    return typeof input === "string" && read.kind === "rule"
      ? ok(input)
      : refuse(path, read.kind === "wrong" ? read.expected : "a threshold");
  },
};
