import type { Exchange } from "#core/observations/exchange.ts";
import type { Failure, Phase } from "#core/observations/failure.ts";

type Kind = Failure["kind"];

export interface Failed<K extends Kind> {
  readonly exchange: Exchange;
  readonly failure: Extract<Failure, { kind: K }>;
}

/** The exchanges that failed in one of these ways. */
export const failedWith = <K extends Kind>(exchanges: readonly Exchange[], ...kinds: readonly K[]): Failed<K>[] =>
  exchanges.flatMap((exchange) =>
    exchange.outcome.kind === "failed" && isOneOf(exchange.outcome.failure, kinds)
      ? [{ exchange, failure: exchange.outcome.failure }]
      : [],
  );

const isOneOf = <K extends Kind>(failure: Failure, kinds: readonly K[]): failure is Extract<Failure, { kind: K }> =>
  kinds.some((kind) => kind === failure.kind);

/** The exchanges whose connection the peer ended in one of these phases. */
export const endedIn = (exchanges: readonly Exchange[], ...phases: readonly Phase[]): Failed<"reset" | "closed">[] =>
  failedWith(exchanges, "reset", "closed").filter(({ failure }) => phases.includes(failure.phase));

/** The exchanges whose deadline passed in one of these phases. */
export const timedOutIn = (exchanges: readonly Exchange[], ...phases: readonly Phase[]): Failed<"timeout">[] =>
  failedWith(exchanges, "timeout").filter(({ failure }) => phases.includes(failure.phase));

/** `refused`, `reset`… as the predicate of a sentence about a peer. */
export function didWhat(failure: Failure): string {
  switch (failure.kind) {
    case "timeout":
      return "did not answer";
    case "refused":
      return "refused the connection";
    case "unreachable":
      return `could not be reached (${failure.code})`;
    case "reset":
      return "reset the connection (RST)";
    case "closed":
      return "closed the connection (FIN)";
    default:
      return `failed (${failure.kind})`;
  }
}

export const onReusedSocket = ({ exchange }: { readonly exchange: Exchange }): boolean =>
  exchange.connection?.reusedSocket === true;

/** Where an exchange got no answer at all, that tells more than the odd answers of others. */
export const hasFailed = ({ outcome }: Exchange): boolean => outcome.kind === "failed";
