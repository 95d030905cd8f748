import type { Exchange } from "#core/observations/exchange.ts";
import type { Ms } from "#core/units.ts";
import { type CloseKind, closeKindOf } from "./close-kind.ts";
import type { AgeFinding } from "./find-age.ts";
import { resolution } from "./ladder.ts";
import { byAddress, type Hints, hintsIn, type Story, storiesOf } from "./stories.ts";

/** How many requests a connection to one address serves. */
export interface RequestsFinding {
  readonly address: string;
  /** Answered on one connection. */
  readonly answered: number;
  /** How it ended: `announced` by `Connection: close` or GOAWAY, without a word before, or not at all (`none`). */
  readonly end: CloseKind | "announced";
  /** The age that the connection had by then; null where it did not end. */
  readonly endedMs: Ms | null;
  readonly hints: Hints;
}

export const findRequests = (exchanges: readonly Exchange[]): readonly RequestsFinding[] =>
  [...byAddress(storiesOf(exchanges))].flatMap(([address, stories]) =>
    stories.slice(0, 1).map((story) => ({ address, ...endOf(story), hints: hintsIn(stories) })),
  );

function endOf({ exchanges }: Story): Pick<RequestsFinding, "answered" | "end" | "endedMs"> {
  const answered = exchanges.filter(({ outcome }) => outcome.kind === "answered");
  const last = exchanges.at(-1);
  const announced = answered.some(({ outcome }) => outcome.kind === "answered" && !outcome.keptAlive);
  const end = (announced ? "announced" : last === undefined ? null : closeKindOf(last)) ?? "none";
  return {
    answered: answered.length,
    end,
    endedMs: end === "none" || last === undefined ? null : last.connection.ageMs,
  };
}

/**
 * Of its age, and not of so many requests: at the age at which connections there were seen to end, however busy.
 *
 * @param expectedMs the age at which they are said to end, for where it was not measured
 */
export function endedOfAge(
  { address, endedMs }: RequestsFinding,
  ages: readonly AgeFinding[],
  expectedMs: Ms | null,
): boolean {
  const own = ages.find((age) => age.address === address);
  const measuredMs = own?.byAge && own.endedMs !== null ? own.endedMs - own.uncertainMs : null;
  const lifetimeMs = own === undefined ? expectedMs : measuredMs;
  return endedMs !== null && lifetimeMs !== null && endedMs >= lifetimeMs - resolution(lifetimeMs);
}
