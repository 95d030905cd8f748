import { type Answered, type Exchange, header } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { place, request } from "../words/place.ts";
import { quote } from "../words/quote.ts";
import { departure, meantToPass } from "./expectation.ts";
import { type Said, said } from "./said.ts";

export interface Reply {
  readonly exchange: Exchange;
  readonly answer: Answered;
  readonly said: Said;
}

/** The exchanges that were answered, whatever the answer. */
export const replies = (exchanges: readonly Exchange[]): readonly Reply[] =>
  exchanges.flatMap((exchange) =>
    exchange.outcome.kind === "answered" ? [{ exchange, answer: exchange.outcome, said: said(exchange.outcome) }] : [],
  );

/** The answers that are not what the config expects: only in these does a text or status mean trouble. */
export const complaints = (exchanges: readonly Exchange[], target: Target): readonly Reply[] =>
  replies(exchanges).filter((reply) => !isAsExpected(reply, target));

export const isAsExpected = ({ exchange, answer }: Reply, target: Target): boolean =>
  meantToPass(exchange, target) &&
  departure(exchange, answer, target) === null &&
  header(answer, "x-amz-function-error") === null;

/** `GET /orders/1 at 10.0.1.10:443 was answered 403: "…".` */
export function wasAnswered({ exchange, answer, said: { message } }: Reply, target: Target): string {
  const text = message.trim() === "" ? "with an empty body" : `: ${quote(message)}`;
  return `${request(exchange)} at ${place(exchange, target)} was answered ${answer.status}${text.startsWith(":") ? "" : " "}${text}.`;
}
