import type { Ms } from "#core/units.ts";

/** How connections end, as far as an engine can tell. */
export const connectionEnds = [
  /** By the client, as planned: it has served its number of requests or its time, or asked for it. */
  "retired",
  /** An answer said that it would be the last on it. */
  "announced",
  "fin",
  "rst",
  /** The client gave up on a request, and the connection with it. */
  "timeout",
  /** In any other way: it broke the protocol, for example. */
  "broken",
  /** k6 only: it was found dead. How it died is not told. */
  "unseen",
  /** Not at all: it was open when the load ended. */
  "open",
] as const;

export type ConnectionEndKind = (typeof connectionEnds)[number];

/** The end of a connection under load, on its way into a tally. */
export interface ConnectionEnd {
  readonly target: string;
  /** Since the load began. */
  readonly atMs: Ms;
  readonly how: ConnectionEndKind;
  /** Since it was connected. */
  readonly ageMs: Ms;
  /** Requests that were answered on it. */
  readonly served: number;
  /**
   * For how long nobody had sent on it when the other side ended it; k6: when it was found ended. Null where a request was under
   * way, or it was the client's to end.
   */
  readonly idleMs: Ms | null;
}

/** Whether the other side has ended it. */
export const endedByPeer = (how: ConnectionEndKind): boolean =>
  how === "fin" || how === "rst" || how === "unseen" || how === "broken";
