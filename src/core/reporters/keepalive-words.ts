import type { ReportedAge, ReportedIdle, ReportedKeepalive, ReportedRequests } from "./reported-keepalive.ts";

/** Named by their shortest form that a reader knows. */
const closes = {
  fin: "FIN",
  rst: "RST",
  "rst-on-next-byte": "RST on the next byte",
  silent: "silent",
  none: "not closed",
  announced: "announced",
} as const satisfies Record<ReportedAge["end"], string>;

/** `orders`, `orders, as reader`: whose connections are told of. */
export const asked = ({ target, principal }: ReportedKeepalive): string =>
  principal === undefined ? target : `${target}, as ${principal}`;

export const closeWord = (kind: ReportedAge["end"]): string => closes[kind];

/** `FIN`, `FIN, after GOAWAY`. */
export const endWord = ({ closeKind, goaway }: ReportedIdle): string =>
  `${closeWord(closeKind)}${goaway ? ", after GOAWAY" : ""}`;

/** `5 s`, `12.98 s`, `600 ms`: as precise as it was measured. */
export function showTimer(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return `${Number((ms / 1000).toFixed(ms < 10_000 ? 3 : 2))} s`;
}

/** `60.002 s`, `3.1 s to 4.6 s`, `more than 400 s`, `at most 1 s`, `2 s ± 300 ms`. */
export const idleTime = (idle: ReportedIdle): string =>
  idle.jitterMs === undefined ? withoutJitter(idle) : `${withoutJitter(idle)} ± ${showTimer(idle.jitterMs)}`;

function withoutJitter({ exact, longestSurvivedMs, shortestClosedMs }: ReportedIdle): string {
  if (shortestClosedMs === null)
    return longestSurvivedMs === null ? "not known" : `more than ${showTimer(longestSurvivedMs)}`;
  if (exact) return showTimer(shortestClosedMs);
  return longestSurvivedMs === null
    ? `at most ${showTimer(shortestClosedMs)}`
    : `${showTimer(longestSurvivedMs)} to ${showTimer(shortestClosedMs)}`;
}

export const layerWord = ({ layer }: ReportedIdle): string =>
  layer === null ? "" : layer === "l4" ? "flow (L4)" : "server (L7)";

/** What is worth saying of a connection's PINGs, age and requests, for each address. */
export const furtherWords = ({ idle, age, requests }: ReportedKeepalive): readonly string[] => [
  ...idle.flatMap(sayPings),
  ...age.map(sayAge),
  ...idle.flatMap((one) => sayWhich(one, age)),
  ...requests.map(sayRequests),
];

const sayPings = ({ address, pings = 0 }: ReportedIdle): readonly string[] =>
  pings === 0 ? [] : [`${address}: sent ${pings} HTTP/2 ${pings === 1 ? "PING" : "PINGs"} on one connection`];

function sayAge({ address, livedMs, endedMs, end, requests, byAge }: ReportedAge): string {
  if (endedMs === null) return `${address}: age ${showTimer(livedMs)} reached, no end met`;
  const why = byAge ? "" : ", not by its age";
  return `${address}: ended at an age of ${showTimer(endedMs)} (${closeWord(end)}), after ${requests} requests${why}`;
}

/** Of timers that are this near to each other nobody knows which was met. */
const sameShare = 0.05;
const sameMs = 250;

/** Where silence and age end connections at the same time, it is age that does. */
function sayWhich(
  { address, shortestClosedMs, jitterMs = 0 }: ReportedIdle,
  age: readonly ReportedAge[],
): readonly string[] {
  const own = age.find((one) => one.address === address && one.byAge);
  if (own === undefined || own.endedMs === null || shortestClosedMs === null) return [];
  if (Math.abs(shortestClosedMs - own.endedMs) > Math.max(sameMs, sameShare * own.endedMs, jitterMs)) return [];
  return [`${address}: silent connections ended at the age at which busy ones do: no idle timeout was met before it`];
}

function sayRequests({ address, answered, end, endedMs, byAge }: ReportedRequests): string {
  if (end === "none") return `${address}: ${answered} requests on one connection, no end met`;
  const age = endedMs === undefined ? "" : `, at an age of ${showTimer(endedMs)}`;
  return `${address}: ended after ${answered} requests (${closeWord(end)})${age}${byAge ? ", which ended it" : ""}`;
}
