import type { Figure, Measure, ThresholdRule } from "#core/config/threshold-rule.ts";
import { failedOf, type LoadFigures, timedOf, timesOf } from "./load-figures.ts";

/** What a load shows for a measure, comparable with the rule's bound: or why it shows nothing. */
export type Value =
  | { readonly kind: "value"; readonly value: number; readonly shown: string }
  | { readonly kind: "none"; readonly why: string };

const none = (why: string): Value => ({ kind: "none", why });

export function valueIn({ measure, bound }: ThresholdRule, load: LoadFigures): Value {
  if (load.requests + (load.dropped ?? 0) === 0) return none("no request was measured");
  switch (measure.kind) {
    case "time":
      return timeValue(measure, load);
    case "share":
      return reuseValue(load);
    case "count":
      return countValue(measure.name, load, bound.kind === "count" ? "count" : "share");
  }
}

/** Of a hundred requests one is beyond p99: with less than half of that the quantile is no more than the slowest. */
const shareBeyond: Readonly<Record<Figure, number | null>> = {
  mean: null,
  max: null,
  p50: 0.5,
  p90: 0.1,
  p95: 0.05,
  p99: 0.01,
  p999: 0.001,
};

function timeValue({ of, figure }: Extract<Measure, { kind: "time" }>, load: LoadFigures): Value {
  const times = timesOf(load, of);
  if (times === null) return none(whyNoTimes[of]);
  const beyond = shareBeyond[figure];
  const needed = beyond === null ? 1 : Math.round(0.5 / beyond);
  const had = timedOf(load, of);
  if (had < needed) return none(`${figure} needs ${needed} answered requests at least, and there were ${had}`);
  const value = times[figure];
  return value === null ? none(notTold) : { kind: "value", value, shown: showTime(value) };
}

const notTold = "the tool that made the load did not write it down";

const whyNoTimes = {
  service: "no request was answered as expected",
  response: "no request that was answered as expected had a due time",
  connect: "no connection was opened",
  tls: "no TLS handshake was made",
} as const;

function reuseValue({ reuse }: LoadFigures): Value {
  if (reuse === null) return none(notTold);
  if (reuse.requests === 0) return none("no request could have found an open connection");
  return {
    kind: "value",
    value: reuse.ratio,
    shown: showShare(Math.round(reuse.ratio * reuse.requests), reuse.requests),
  };
}

function countValue(
  name: Extract<Measure, { kind: "count" }>["name"],
  load: LoadFigures,
  as: "count" | "share",
): Value {
  const { reuse } = load;
  const onOpen = reuse === null ? 0 : Math.round(reuse.ratio * reuse.requests);
  const { count, whole } = {
    failures: { count: failedOf(load), whole: load.requests },
    stale: { count: reuse?.stale ?? null, whole: onOpen },
    retries: { count: reuse?.suspectedRetries ?? null, whole: onOpen },
    dropped: { count: load.dropped, whole: load.requests + (load.dropped ?? 0) },
    requests: { count: load.requests, whole: 0 },
  }[name];
  if (count === null) return none(notTold);
  if (name === "requests") return { kind: "value", value: count, shown: `${count}` };
  if (whole === 0 && count === 0) return none(whyNoneOf[name]);
  if (as === "count") return { kind: "value", value: count, shown: `${count} of ${whole}` };
  return { kind: "value", value: count / Math.max(1, whole), shown: showShare(count, whole) };
}

const whyNoneOf = {
  failures: "no request was sent",
  stale: "no request went out on a reused connection, so none could be stale",
  retries: "no request went out on a reused connection, so none could be sent twice",
  dropped: "no request was due",
} as const;

export const showTime = (ms: number): string => `${Number(ms.toFixed(3))} ms`;

export const showPercent = (share: number): string => `${Number((share * 100).toPrecision(4))} %`;

const showShare = (part: number, whole: number): string =>
  `${showPercent(whole === 0 ? 0 : part / whole)} (${part} of ${whole})`;
