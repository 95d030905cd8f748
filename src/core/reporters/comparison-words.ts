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
