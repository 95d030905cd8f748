import type { Fact } from "#core/facts.ts";
import type { Ms } from "#core/units.ts";
import type { Target } from "./target.ts";

/** Who waits for whom on a path, from the caller inwards. */
export type TimeoutPart = "client" | "proxy" | "integration" | "function";

export interface Rung {
  readonly part: TimeoutPart;
  readonly waitsMs: Ms;
  /** Null where the config says it. */
  readonly published: Fact<Ms> | null;
}

/** Somebody who gives up no later than what he waits for. */
export interface Inversion {
  readonly outer: Rung;
  readonly inner: Rung;
  /** How long the inner one may go on, given what stands behind it. */
  readonly innerMs: Ms;
}

type Path = Pick<Target, "kind" | "timeouts">;

/** The timeouts of a path as far as they are declared or published, outermost first. */
export function timeoutLadder({ kind, timeouts }: Path): readonly Rung[] {
  const { clientMs, proxyMs, integrationMs, functionMs } = timeouts;
  // Who is asked to invoke a function waits as long as that runs: the limit published for it is the function's own.
  const published = kind.events.includes("direct") ? null : kind.timers.request;
  const declared = (part: TimeoutPart, waitsMs: Ms | null): readonly Rung[] =>
    waitsMs === null ? [] : [{ part, waitsMs, published: null }];
  return [
    ...declared("client", clientMs),
    ...declared("proxy", proxyMs),
    ...(integrationMs === null && published !== null
      ? [{ part: "integration", waitsMs: published.value, published } as const]
      : declared("integration", integrationMs)),
    ...declared("function", functionMs),
  ];
}

/** Each part that gives up while the next goes on; none where nothing is declared. */
export function inversionsIn(path: Path): readonly Inversion[] {
  const ladder = timeoutLadder(path);
  return ladder.flatMap((outer, at) => {
    const inner = ladder[at + 1];
    if (inner === undefined || (outer.published !== null && inner.published !== null)) return [];
    // A front that would wait for a minute hears within ten seconds from a function that may run no longer.
    const innerMs = shortestOf(ladder.slice(at + 1));
    return innerMs !== null && outer.waitsMs <= innerMs ? [{ outer, inner, innerMs }] : [];
  });
}

const shortestOf = (rungs: readonly Rung[]): Ms | null =>
  rungs.reduce<Ms | null>((least, { waitsMs }) => (least === null || waitsMs < least ? waitsMs : least), null);

/** Whoever cuts a slow answer off first, of those who stand behind the caller; null where nothing is known of them. */
export function cutterOf(path: Path): Rung | null {
  const inner = timeoutLadder(path).filter(({ part }) => part !== "client");
  const least = shortestOf(inner);
  return inner.find(({ waitsMs }) => waitsMs === least) ?? null;
}
