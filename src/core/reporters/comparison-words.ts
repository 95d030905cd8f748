import type { ReportedPair, ReportedUse } from "./reported-comparison.ts";
import { grouped, threeDigits } from "./show-number.ts";

/** `p50`, `p99.9`. */
export const quantileName = (quantile: number): string => `p${Number((quantile * 100).toFixed(5))}`;

export const useWords = {
  reused: "reused connections",
  cold: "cold connections",
} as const satisfies Record<ReportedUse, string>;

/** What is compared on each use of connections. */
export const comparedLatency = {
  reused: "service time, from the first byte of the request written to the last byte of the answer read",
  cold: "connect, TLS handshake and service time together, of requests that each opened a connection",
} as const satisfies Record<ReportedUse, string>;

/** With its sign: `+1.20 ms`, `−0.420 ms`, `0 ms`. */
export const signedMs = (ms: number): string => `${signed(ms)} ms`;

/** For an axis: `−1.5`, `0`, `+20`. */
export const signedTick = (ms: number): string =>
  ms === 0 ? "0" : `${ms < 0 ? "−" : "+"}${grouped(Number(Math.abs(ms).toPrecision(6)))}`;

const signed = (ms: number): string => (ms === 0 ? "0" : `${ms < 0 ? "−" : "+"}${threeDigits(Math.abs(ms))}`);

/** `−1.28 to −1.09 ms`; a dash where too little was answered. */
export const intervalWords = ({ lowMs, highMs }: Pick<ReportedPair, "lowMs" | "highMs">): string =>
  lowMs === null || highMs === null ? "–" : `${signed(lowMs)} to ${signed(highMs)} ms`;

/** What is known of one pair at one quantile, as a clause: `faster by 1.19 ms (1.09 to 1.28 ms)`. */
export function pairClause(pair: ReportedPair, marginMs: number): string {
  const { verdict, deltaMs, lowMs, highMs } = pair;
  if (deltaMs === null || lowMs === null || highMs === null) return "too little was answered to say anything";
  const ends = [Math.abs(lowMs), Math.abs(highMs)].sort((x, y) => x - y).map(threeDigits);
  switch (verdict) {
    case "faster":
    case "slower":
      return `${verdict} by ${threeDigits(Math.abs(deltaMs))} ms (${ends.join(" to ")} ms)`;
    case "equivalent":
      return `alike within ${threeDigits(marginMs)} ms (${intervalWords(pair)})`;
    case "inconclusive":
      return `open (${intervalWords(pair)})${needed(pair)}`;
  }
}

const needed = ({ roundsNeeded, rounds }: ReportedPair): string =>
  roundsNeeded === null || roundsNeeded.expected <= rounds
    ? ""
    : `; some ${roundsNeeded.expected} rounds would tell, there were ${rounds}`;

/** `orders-direct is faster than orders-alb at p50 and p90; at p99 it is not to be told.` All of one pair on one use. */
export function pairSentence(pairs: readonly ReportedPair[]): string {
  const [first] = pairs;
  if (first === undefined) return "";
  const { a, b } = first;
  const found = verdictOrder.flatMap((verdict) => {
    const at = pairs.filter((pair) => pair.verdict === verdict).map(({ quantile }) => quantileName(quantile));
    return at.length === 0 ? [] : [{ verdict, at: joined(at) }];
  });
  const [head, ...rest] = found;
  if (head === undefined) return "";
  const others = rest.map(({ verdict, at }) => `; at ${at} ${later[verdict](b)}`).join("");
  return `${opening[head.verdict](a, b, head.at)}${others}.`;
}

const verdictOrder = ["faster", "slower", "equivalent", "inconclusive"] as const;

const opening = {
  faster: (a, b, at) => `${a} is faster than ${b} at ${at}`,
  slower: (a, b, at) => `${a} is slower than ${b} at ${at}`,
  equivalent: (a, b, at) => `${a} and ${b} are alike at ${at}`,
  inconclusive: (a, b, at) => `Between ${a} and ${b} the question stays open at ${at}`,
} as const satisfies Record<ReportedPair["verdict"], (a: string, b: string, at: string) => string>;

const later = {
  faster: (b) => `it is faster than ${b}`,
  slower: (b) => `it is slower than ${b}`,
  equivalent: () => "the two are alike",
  inconclusive: () => "the question stays open",
} as const satisfies Record<ReportedPair["verdict"], (b: string) => string>;

/** `p50, p90 and p99`. */
const joined = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** Pairs by `a` and `b`, in the order of the report. */
export function byPair(pairs: readonly ReportedPair[]): readonly (readonly ReportedPair[])[] {
  const groups = new Map<string, ReportedPair[]>();
  for (const pair of pairs) {
    const key = JSON.stringify([pair.a, pair.b]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [pair]);
    else group.push(pair);
  }
  return [...groups.values()];
}
