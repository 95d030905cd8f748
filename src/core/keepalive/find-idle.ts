import type { Exchange } from "#core/observations/exchange.ts";
import { type Ms, ms } from "#core/units.ts";
import { type CloseKind, closeKindOf, wasSeen } from "./close-kind.ts";
import { nearness, resolution } from "./ladder.ts";
import { byAddress, type Hints, hintsIn, type Story, storiesOf } from "./stories.ts";

/** What is known of the idle timeout at one address. */
export interface IdleFinding {
  readonly address: string;
  readonly protocol: "http/1.1" | "h2";
  /** How many were let idle. */
  readonly sockets: number;
  /** Below the shortest that was not; null where even the shortest silence was too long. */
  readonly longestSurvivedMs: Ms | null;
  /** Null where none was. */
  readonly shortestClosedMs: Ms | null;
  readonly closeKind: CloseKind;
  /** Whether the peer was seen to close, so that `shortestClosedMs` is the timeout itself and not its upper bound. */
  readonly exact: boolean;
  /** The longest silence that was survived beyond `shortestClosedMs`, where the timeout is not the same for all. */
  readonly survivedBeyondMs: Ms | null;
  /**
   * `l4`: a timer of the flow, which TCP keep-alive resets; `l7`: one of the server's, which only requests reset; null where
   * none was met, or it cannot be told.
   */
  readonly layer: "l4" | "l7" | null;
  /** Of the shortest TCP handshake. */
  readonly rttMs: Ms | null;
  /** How much longer nine of ten answers took than the quickest: over this path no moment is known better. */
  readonly jitterMs: Ms;
  readonly hints: Hints;
  /** How what was sent unasked began; null when nothing was. */
  readonly unasked: string | null;
  readonly goaway: boolean;
  /** HTTP/2: the most PINGs that came on one connection. */
  readonly pings: number;
}

/** One finding an address, in the order in which addresses were first met. */
export const findIdle = (exchanges: readonly Exchange[]): readonly IdleFinding[] =>
  [...byAddress(storiesOf(exchanges))].flatMap(([address, stories]) => {
    const ends = stories.flatMap(endOf);
    return ends.length === 0 ? [] : [findingAt(address, stories, ends)];
  });

/** How long one socket was silent in the end, and what came of it. */
interface End {
  /** Since the answer before was read. */
  readonly idleMs: Ms;
  /** How much longer the peer may say it was: from its end the silence began when it wrote that answer. */
  readonly uncertainMs: number;
  readonly kind: CloseKind;
  readonly tcpKeepAlive: boolean;
  /** Where no answer came: whether the peer's kernel took the request; null where that is not known. */
  readonly acknowledged: boolean | null;
}

function endOf({ exchanges, tcpKeepAliveMs }: Story): readonly End[] {
  const [before, last] = exchanges.slice(-2);
  if (before === undefined || last === undefined) return [];
  const kind = closeKindOf(last);
  const { idleMs } = last.connection;
  if (kind === null || idleMs === null) return [];
  const uncertainMs = before.phases.serviceMs ?? 0;
  return [
    { kind, idleMs, uncertainMs, tcpKeepAlive: tcpKeepAliveMs !== null, acknowledged: wasAcknowledged(last.outcome) },
  ];
}

function wasAcknowledged(outcome: Exchange["outcome"]): boolean | null {
  if (outcome.kind !== "failed" || outcome.failure.kind !== "timeout") return null;
  const { peerTcp } = outcome.failure;
  return peerTcp === "acknowledged" ? true : peerTcp === "unacknowledged" ? false : null;
}

function findingAt(address: string, stories: readonly Story[], all: readonly End[]): IdleFinding {
  const ends = all.filter(({ tcpKeepAlive }) => !tcpKeepAlive);
  const jitterMs = jitterOf(stories);
  const first = firstClosed(ends, jitterMs);
  const survived = ends.filter(({ kind }) => kind === "none").map(({ idleMs }) => idleMs);
  const below = survived.filter((idleMs) => first === null || idleMs < first.atMs);
  const beyond = survived.filter((idleMs) => first !== null && idleMs > first.atMs + nearness(first.atMs, jitterMs));
  const unasked = stories.flatMap(({ exchanges }) => exchanges.flatMap(({ connection }) => connection.unasked ?? []));
  const connects = stories.flatMap(({ exchanges: [opened] }) => opened?.phases.connectMs ?? []);
  return {
    address,
    protocol: stories[0]?.protocol ?? "http/1.1",
    sockets: all.length,
    longestSurvivedMs: below.length === 0 ? null : ms(Math.max(...below)),
    shortestClosedMs: first?.atMs ?? null,
    closeKind: first?.kind ?? "none",
    exact: first !== null && wasSeen(first.kind),
    survivedBeyondMs: beyond.length === 0 ? null : ms(Math.max(...beyond)),
    layer: first === null ? null : layerOf(first, all, jitterMs),
    rttMs: connects.length === 0 ? null : ms(Math.min(...connects)),
    jitterMs,
    hints: hintsIn(stories),
    unasked: unasked.find(({ bytes }) => bytes > 0)?.text ?? null,
    goaway: unasked.some(({ goaway }) => goaway),
    pings: Math.max(0, ...unasked.map(({ pings }) => pings)),
  };
}

/** A function that starts cold now and then is no jitter. */
const usualShare = 0.9;

function jitterOf(stories: readonly Story[]): Ms {
  const took = stories
    .flatMap(({ exchanges }) => exchanges)
    .flatMap(({ outcome, phases }) => (outcome.kind === "answered" ? (phases.serviceMs ?? []) : []))
    .toSorted((a, b) => a - b);
  const usual = took[Math.ceil(usualShare * took.length) - 1];
  return ms(usual === undefined ? 0 : usual - (took[0] ?? 0));
}

interface Closed {
  readonly kind: Exclude<CloseKind, "none">;
  readonly atMs: Ms;
}

/**
 * The end after the shortest silence. A request that met a connection just as it was closed looks like a reset on the next
 * byte: where others saw the close itself at about that time, that is what it was.
 */
function firstClosed(ends: readonly End[], jitterMs: Ms): Closed | null {
  const met = earliest(ends.filter(({ kind }) => kind === "rst-on-next-byte" || kind === "silent"));
  const seen = bestSeen(ends.filter(({ kind }) => wasSeen(kind)));
  if (met === null || seen === null) return met ?? seen;
  return seen.atMs - met.atMs <= nearness(seen.atMs, jitterMs) ? seen : met;
}

/** Of ends that were met by a request the upper bound of the shortest. */
function earliest(ends: readonly End[]): Closed | null {
  const [first] = ends.toSorted((a, b) => latest(a) - latest(b));
  return first === undefined || first.kind === "none" ? null : { kind: first.kind, atMs: ms(latest(first)) };
}

const latest = ({ idleMs, uncertainMs }: End): number => idleMs + uncertainMs;

/**
 * Of ends that were seen: the shortest of those that are known best, unless another was shorter for certain. A machine that
 * is busy reads answers late, and then the silence seems shorter than it was.
 */
function bestSeen(ends: readonly End[]): Closed | null {
  const least = Math.min(...ends.map(({ uncertainMs }) => uncertainMs));
  const [best] = ends.filter(({ uncertainMs }) => uncertainMs <= 2 * least + 1).toSorted((a, b) => a.idleMs - b.idleMs);
  if (best === undefined || best.kind === "none") return null;
  const atMs = Math.min(best.idleMs, ...ends.map(latest));
  return { kind: best.kind, atMs: ms(atMs) };
}

/** A server says FIN; what forgets a flow does not, and is kept from it by the kernel's own probes. */
function layerOf(first: Closed, all: readonly End[], jitterMs: Ms): IdleFinding["layer"] {
  if (first.kind === "fin") return "l7";
  const probed = all.filter(({ tcpKeepAlive }) => tcpKeepAlive);
  const beyond = probed.filter(({ idleMs }) => idleMs > first.atMs + nearness(first.atMs, jitterMs));
  if (beyond.some(({ kind }) => kind === "none" || wasSeen(kind))) return "l4";
  if (probed.some(({ kind }) => kind !== "none")) return "l7";
  // Without that, by whether the request got there at all: a forgotten flow is not even acknowledged.
  const silent = all.filter(({ kind, acknowledged }) => kind === "silent" && acknowledged !== null);
  if (first.kind !== "silent" || silent.length === 0) return null;
  return silent.every(({ acknowledged }) => acknowledged === false) ? "l4" : "l7";
}

/** The address whose connections live shortest: what a client has to reckon with. */
export const shortest = (findings: readonly IdleFinding[]): IdleFinding | null =>
  findings.toSorted(
    (a, b) => (a.shortestClosedMs ?? Number.POSITIVE_INFINITY) - (b.shortestClosedMs ?? Number.POSITIVE_INFINITY),
  )[0] ?? null;

/** The jitter where it is more than a timer is to be found by; null where it changes nothing. */
export const jitterThatCounts = ({ shortestClosedMs, jitterMs }: IdleFinding): Ms | null =>
  shortestClosedMs !== null && jitterMs > resolution(shortestClosedMs) ? jitterMs : null;
