import type { Exchange, SigningVariant } from "#core/observations/exchange.ts";
import type { Refusal } from "#core/targets/dialects/dialect.ts";
import type { Target } from "#core/targets/target.ts";
import { makeAnswer, makeExchange } from "../../support/make.ts";

/** An exchange answered by the kind's own front, in its own words. */
export function refused(target: Target, refusal: Refusal, signing: SigningVariant = "correct"): Exchange {
  const { status, statusText, headers, body } = target.kind.dialect.say(refusal).value;
  const lower = headers.map(([name, value]): readonly [string, string] => [name.toLowerCase(), value]);
  return sentAs(signing, makeExchange({ outcome: makeAnswer({ status, statusText, headers: lower, body }) }));
}

export const sentAs = (signing: SigningVariant, exchange: Exchange): Exchange => ({
  ...exchange,
  sent: { ...exchange.sent, signing },
});
