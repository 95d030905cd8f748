import { type Connection, type Exchange, header } from "#core/observations/exchange.ts";
import type { Ms } from "#core/units.ts";

/** All that happened on one socket, in its order. */
export interface Story {
  readonly address: string;
  readonly protocol: Connection["protocol"];
  /** Null: TCP keep-alive was off. */
  readonly tcpKeepAliveMs: Ms | null;
  readonly exchanges: readonly Told[];
}

/** An exchange of which the socket is known. */
export type Told = Exchange & { readonly connection: Connection };

/** The stories of those sockets that served one request at least. */
export function storiesOf(exchanges: readonly Exchange[]): readonly Story[] {
  const bySocket = new Map<number, Told[]>();
  for (const exchange of exchanges) {
    const { connection } = exchange;
    if (connection === null) continue;
    const told = bySocket.get(connection.id) ?? [];
    bySocket.set(connection.id, [...told, { ...exchange, connection }]);
  }
  return [...bySocket.values()].flatMap((told): Story[] => {
    const [first] = told;
    if (first?.outcome.kind !== "answered") return [];
    return [
      {
        address: first.address ?? "",
        protocol: first.connection.protocol,
        tcpKeepAliveMs: first.sent.tcpKeepAliveMs ?? null,
        exchanges: told,
      },
    ];
  });
}

export function byAddress(stories: readonly Story[]): ReadonlyMap<string, readonly Story[]> {
  const groups = new Map<string, Story[]>();
  for (const story of stories) groups.set(story.address, [...(groups.get(story.address) ?? []), story]);
  return groups;
}

/** What a server says of its own accord in `Keep-Alive: timeout=5, max=100`; null where it does not. */
export interface Hints {
  readonly timeoutMs: number | null;
  readonly max: number | null;
}

/** Of the first answer that hints at anything. */
export function hintsIn(stories: readonly Story[]): Hints {
  const said = stories.map(({ exchanges: [first] }) => (first ? header(first.outcome, "keep-alive") : null));
  const text = said.find((value) => value !== null) ?? "";
  const timeout = number(text, "timeout");
  return { timeoutMs: timeout === null ? null : timeout * 1000, max: number(text, "max") };
}

function number(text: string, name: string): number | null {
  const [, digits] = new RegExp(`(?:^|[,\\s])${name}=(\\d{1,9})`).exec(text) ?? [];
  return digits === undefined ? null : Number(digits);
}
