import { departure } from "#core/causes/recognise/expectation.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Target, TargetRequest } from "#core/targets/target.ts";
import { said } from "./say.ts";

/** How one exchange departs from what its request expects. */
export interface Departing {
  readonly exchange: Exchange;
  /** A clause: `was answered 404 instead of 200`. */
  readonly how: string;
  /** The code for it where nothing more telling is recognised. */
  readonly otherwise: "unexpected-status" | "unexpected-body" | undefined;
  /** The target as if this were its only request: what is expected of it is then expected of nothing else. */
  readonly target: Target;
}

/** Null when the answer is as this request expects. */
export function departing(exchange: Exchange, request: TargetRequest, target: Target): Departing | null {
  const narrowed: Target = { ...target, requests: [request], alsoAllowed: [] };
  const of = { exchange, target: narrowed };
  if (exchange.outcome.kind !== "answered") return { ...of, how: said(exchange), otherwise: undefined };
  const found = departure(exchange, exchange.outcome, narrowed);
  if (found === null) return null;
  return found.kind === "status"
    ? { ...of, how: `${said(exchange)} instead of ${found.expected}`, otherwise: "unexpected-status" }
    : { ...of, how: `${said(exchange)}, but ${found.what.replace(/\s+/g, " ")}`, otherwise: "unexpected-body" };
}
