import type { Exchange } from "#core/observations/exchange.ts";
import { type CloseKind, closeKindOf } from "./close-kind.ts";
import { byAddress, type Hints, hintsIn, type Story, storiesOf } from "./stories.ts";

/** How many requests a connection to one address serves. */
export interface RequestsFinding {
  readonly address: string;
  /** Answered on one connection. */
  readonly answered: number;
  /** How it ended: `announced` by `Connection: close` or GOAWAY, without a word before, or not at all (`none`). */
  readonly end: CloseKind | "announced";
  readonly hints: Hints;
}

export const findRequests = (exchanges: readonly Exchange[]): readonly RequestsFinding[] =>
  [...byAddress(storiesOf(exchanges))].flatMap(([address, stories]) =>
    stories.slice(0, 1).map((story) => ({ address, ...endOf(story), hints: hintsIn(stories) })),
  );

function endOf({ exchanges }: Story): Pick<RequestsFinding, "answered" | "end"> {
  const answered = exchanges.filter(({ outcome }) => outcome.kind === "answered");
  const last = exchanges.at(-1);
  const announced = answered.some(({ outcome }) => outcome.kind === "answered" && !outcome.keptAlive);
  const end = announced ? "announced" : last === undefined ? null : closeKindOf(last);
  return { answered: answered.length, end: end ?? "none" };
}
