import type { Connection, Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { expectedLifetime } from "#core/targets/timeouts.ts";
import type { Ms } from "#core/units.ts";
import { onReusedSocket } from "./failed.ts";

/** A request that was to go out on the socket of the one before it, and went out on a new one. */
export interface KeptInVain {
  readonly first: Exchange;
  readonly second: Exchange;
  /** The silence that was asked for; null where the record does not tell, nor whether the socket was to be kept. */
  readonly idleMs: Ms | null;
  /** Whether the first answer announced that the connection would close. */
  readonly announced: boolean;
}

export const keptInVain = (exchanges: readonly Exchange[]): readonly KeptInVain[] =>
  exchanges.slice(1).flatMap((second, index) => {
    const first = exchanges[index];
    if (first?.outcome.kind !== "answered" || second.connection === null) return [];
    if (second.connection.reusedSocket || first.address !== second.address) return [];
    const announced = !first.outcome.keptAlive;
    const idleMs = second.sent.keptAfterMs;
    if (idleMs === null || (idleMs === undefined && !announced)) return [];
    return [{ first, second, idleMs: idleMs ?? null, announced }];
  });

/** A share of the lifetime from which an end is put down to it: fronts count from moments we do not see. */
const nearly = 0.9;

/** Whether a connection had lived as long as this kind of front lets it. */
export function atEndOfLife({ ageMs }: Connection, target: Target): boolean {
  const lifetime = expectedLifetime(target);
  return lifetime !== null && ageMs >= lifetime.value * nearly;
}

/** Those of these failures that happened on a socket that had served before, with what is known of that socket. */
export const onKept = <F extends { readonly exchange: Exchange }>(
  failed: readonly F[],
): readonly (F & { readonly connection: Connection })[] =>
  failed.flatMap((one) => {
    const { connection } = one.exchange;
    return connection !== null && onReusedSocket(one) ? [{ ...one, connection }] : [];
  });
