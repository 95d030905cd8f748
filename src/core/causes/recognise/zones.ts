import type { Exchange } from "#core/observations/exchange.ts";
import { type Failed, failedWith } from "./failed.ts";

type Unanswered = "timeout" | "refused" | "reset" | "closed" | "unreachable";

/** Failures before the first byte of a request: no connection, or no TLS on it. */
export const notConnected = (exchanges: readonly Exchange[]): readonly Failed<Unanswered>[] =>
  failedWith(exchanges, "timeout", "refused", "reset", "closed", "unreachable").filter(
    ({ failure }) => !("phase" in failure) || failure.phase === "connect" || failure.phase === "tls",
  );

/** Addresses that were connected to, in whatever exchange. */
export const connectedAddresses = (exchanges: readonly Exchange[]): ReadonlySet<string> => {
  const failed = new Set(notConnected(exchanges).map(({ exchange }) => exchange));
  return new Set(
    exchanges.flatMap((exchange) =>
      exchange.address !== null && gotThrough(exchange) && !failed.has(exchange) ? [exchange.address] : [],
    ),
  );
};

function gotThrough({ outcome, connection, phases }: Exchange): boolean {
  if (outcome.kind === "failed") return connection !== null || phases.connectMs !== null;
  return outcome.kind !== "resolved";
}
