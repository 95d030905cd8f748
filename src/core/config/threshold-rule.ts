import type { Ms } from "#core/units.ts";
import { parseDuration } from "./quantity.ts";

/** `p99 < 250ms`, taken apart. */
export interface ThresholdRule {
  /** As written, but for the space around it. */
  readonly text: string;
  readonly measure: Measure;
  readonly operator: Operator;
  readonly bound: Bound;
}

export type Measure =
  | { readonly kind: "time"; readonly of: TimeName; readonly figure: Figure }
  | { readonly kind: "share"; readonly name: "reuse" }
  | { readonly kind: "count"; readonly name: CountName };

/** Which times: `p99` alone is of `service`; `response p99` starts when the request was due. */
export type TimeName = "service" | "response" | "connect" | "tls";
export type Figure = "mean" | "p50" | "p90" | "p95" | "p99" | "p999" | "max";
export type CountName = "failures" | "stale" | "dropped" | "retries" | "requests";
export type Operator = "<" | "<=" | ">" | ">=" | "==";

export type Bound =
  | { readonly kind: "duration"; readonly ms: Ms }
  /** In [0, 1]. */
  | { readonly kind: "share"; readonly share: number }
  | { readonly kind: "count"; readonly count: number }
  /** So many times what the baseline showed. */
  | { readonly kind: "baseline"; readonly factor: number };

const times: readonly TimeName[] = ["service", "response", "connect", "tls"];
const figures: readonly Figure[] = ["mean", "p50", "p90", "p95", "p99", "p999", "max"];
const counts: readonly CountName[] = ["failures", "stale", "dropped", "retries", "requests"];
const operators: readonly Operator[] = ["<=", ">=", "==", "<", ">"];

const measureNames = [...figures, "reuse", ...counts].join(", ");
const examples = '"p99 < 250ms", "failures < 0.1%", "stale == 0" or "p95 < baseline * 1.1"';

export type ReadRule =
  | { readonly kind: "rule"; readonly rule: ThresholdRule }
  /** `expected` continues "expected …". */
  | { readonly kind: "wrong"; readonly expected: string };

/** Reads a threshold: for the config, which refuses what is none, and for the verdicts, which evaluate it. */
export function readRule(written: string): ReadRule {
  const [, of, name, sign, said = ""] = /^\s*(?:(\w+)\s+)?(\w+)\s*(<=|>=|==|<|>)\s*(\S.*?)\s*$/.exec(written) ?? [];
  const operator = operators.find((one) => one === sign);
  if (/^\s*(?:\w+\s+)?p99\.9\b/.test(written)) return wrong("p999 for what reports call p99.9");
  if (name === undefined || operator === undefined) return wrong(`a threshold such as ${examples}`);
  const measure = measureOf(of, name);
  if (typeof measure === "string") return wrong(measure);
  const bound = boundOf(measure, name, said);
  if (typeof bound === "string") return wrong(bound);
  return { kind: "rule", rule: { text: written.trim(), measure, operator, bound } };
}

const wrong = (expected: string): ReadRule => ({ kind: "wrong", expected });

function measureOf(of: string | undefined, name: string): Measure | string {
  const figure = figures.find((one) => one === name);
  if (figure !== undefined) {
    const time = of === undefined ? "service" : times.find((one) => one === of);
    return time === undefined
      ? `one of ${times.join(", ")} before ${name}, such as "response ${name}"`
      : { kind: "time", of: time, figure };
  }
  if (of !== undefined) return `a threshold such as ${examples}`;
  if (name === "reuse") return { kind: "share", name };
  const count = counts.find((one) => one === name);
  return count === undefined ? `a threshold on one of ${measureNames}` : { kind: "count", name: count };
}

function boundOf(measure: Measure, name: string, said: string): Bound | string {
  const [isBaseline, factor = "1"] = /^baseline(?:\s*\*\s*(\d{1,6}(?:\.\d{1,6})?))?$/.exec(said) ?? [];
  if (isBaseline !== undefined) return { kind: "baseline", factor: Number(factor) };
  if (/\bbaseline\b/.test(said)) return 'the baseline times a number at most, such as "baseline * 1.1"';
  const share = /^(?:100(?:\.0+)?|\d{1,2}(?:\.\d{1,6})?)%$/.test(said) ? Number(said.slice(0, -1)) / 100 : null;
  switch (measure.kind) {
    case "time": {
      const ms = parseDuration(said);
      return ms === null ? `a duration after ${name}, such as "250ms"` : { kind: "duration", ms };
    }
    case "share":
      return share === null ? `a percentage after ${name}, such as "99%"` : { kind: "share", share };
    case "count":
      if (share !== null && measure.name !== "requests") return { kind: "share", share };
      if (/^\d{1,9}$/.test(said)) return { kind: "count", count: Number(said) };
      return measure.name === "requests"
        ? 'a count after requests, such as "1000"'
        : `a count or percentage after ${name}, such as "0" or "0.1%"`;
  }
}
