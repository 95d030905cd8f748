import type { Exchange } from "#core/observations/exchange.ts";
import type { Failure } from "#core/observations/failure.ts";
import type { Target } from "#core/targets/target.ts";
import { place } from "../words/place.ts";
import { quote } from "../words/quote.ts";
import { type Failed, failedWith } from "./failed.ts";

type Problem = Extract<Failure, { kind: "tls-certificate" }>["problem"];

/** The exchanges whose certificate was refused for one of these reasons. */
export const refusedCertificates = (
  exchanges: readonly Exchange[],
  ...problems: readonly Problem[]
): readonly Failed<"tls-certificate">[] =>
  failedWith(exchanges, "tls-certificate").filter(({ failure }) => problems.includes(failure.problem));

/** What was presented and asked for, as far as it was seen. */
export function presented({ exchange, failure }: Failed<"tls-certificate">, target: Target): string {
  const asked = `The certificate at ${place(exchange, target)} was refused (${failure.code})`;
  const { tls } = exchange;
  if (tls === null) return `${asked}; the name asked for was ${target.serverName ?? target.origin.host}.`;
  const names = tls.altNames.length > 0 ? tls.altNames.join(", ") : tls.subject;
  return (
    `${asked}; the name asked for was ${target.serverName ?? target.origin.host}. It is for ${quote(names)}, ` +
    `issued by ${quote(tls.issuer, 120)}, valid from ${tls.validFrom} to ${tls.validTo}.`
  );
}
