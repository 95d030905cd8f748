import type { Exchange } from "#core/observations/exchange.ts";
import { type Ms, ms } from "#core/units.ts";
import { type CloseKind, closeKindOf, wasSeen } from "./close-kind.ts";
import { resolution } from "./ladder.ts";
import { byAddress, type Story, storiesOf } from "./stories.ts";

/** How old a busy connection to one address becomes. */
export interface AgeFinding {
  readonly address: string;
  /** The greatest age at which one was still answered. */
  readonly livedMs: Ms;
  /** The age at which it ended; null where it did not. */
  readonly endedMs: Ms | null;
  /** How much sooner it may have ended than was noticed: only requests notice an announcement. */
  readonly uncertainMs: Ms;
  readonly end: CloseKind | "announced";
  /** Answered on the connection that ended first, or on the busiest. */
  readonly requests: number;
  /** False where a connection that was asked less often lived on: then its requests ended it, not its age. */
  readonly byAge: boolean;
}

export const findAge = (exchanges: readonly Exchange[]): readonly AgeFinding[] =>
  [...byAddress(storiesOf(exchanges))].flatMap(([address, stories]) => findingAt(address, stories.map(lifeOf)));

type Life = Omit<AgeFinding, "address" | "byAge">;

/** Ends after fewer requests than this came of silence, not of age. */
const busy = 3;

function lifeOf({ exchanges }: Story): Life {
  const answered = exchanges.filter(({ outcome }) => outcome.kind === "answered");
  const ages = answered.map(({ connection }) => connection.ageMs);
  const lived = { livedMs: ms(Math.max(0, ...ages)), requests: answered.length };
  const last = exchanges.at(-1);
  const at = answered.findIndex(({ outcome }) => outcome.kind === "answered" && !outcome.keptAlive);
  const announcedMs = ages[at];
  if (announcedMs !== undefined)
    return { ...lived, endedMs: announcedMs, uncertainMs: ms(announcedMs - (ages[at - 1] ?? 0)), end: "announced" };
  const kind = last === undefined ? null : closeKindOf(last);
  if (last === undefined || kind === null || kind === "none")
    return { ...lived, endedMs: null, uncertainMs: ms(0), end: "none" };
  const endedMs = last.connection.ageMs;
  return { ...lived, endedMs, uncertainMs: wasSeen(kind) ? ms(0) : ms(endedMs - lived.livedMs), end: kind };
}

function findingAt(address: string, lives: readonly Life[]): readonly AgeFinding[] {
  const [first] = lives.toSorted(
    (a, b) => (a.endedMs ?? Number.POSITIVE_INFINITY) - (b.endedMs ?? Number.POSITIVE_INFINITY),
  );
  if (first === undefined) return [];
  const { endedMs, requests } = first;
  const byAge = endedMs !== null && requests >= busy && lives.every((life) => endsAlike(life, endedMs));
  return [{ address, ...first, livedMs: ms(Math.max(...lives.map(({ livedMs }) => livedMs))), byAge }];
}

/** One that was not seen beyond that age may have ended at it too, for all that is known. */
const endsAlike = ({ livedMs, endedMs, uncertainMs }: Life, atMs: number): boolean =>
  endedMs === null ? livedMs <= atMs : endedMs - uncertainMs <= atMs + resolution(atMs);
