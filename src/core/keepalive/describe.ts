import { addressesMax, type Step } from "#core/observations/step.ts";
import { namedPrincipal } from "#core/plan/as-principal.ts";
import { costOfRequests, type RunCost, showUsd } from "#core/plan/describe-cost.ts";
import type { PlannedCheck } from "#core/plan/plan-checks.ts";
import { defaultPrincipal } from "#core/targets/access.ts";
import { showOrigin } from "#core/targets/url.ts";
import { type Ms, ms, showMs } from "#core/units.ts";

/** What a measurement of connections would take, without a packet sent. */
export interface KeepaliveDescription {
  /** Who asks; absent: whoever the config's `credentials` are. */
  readonly principal?: string;
  readonly targets: readonly DescribedTarget[];
  /** Of the longest: all run side by side. */
  readonly aboutMs: Ms;
  /** For each address that the names have. */
  readonly cost: RunCost;
}

export interface DescribedTarget {
  readonly target: string;
  readonly kind: string;
  readonly origin: string;
  /** Open at the same time, to each address of the target. */
  readonly connections: number;
  /** No more addresses than these are connected to, where the name leads to more. */
  readonly addressesMax: number;
  /** At most, to each address: a connection that has ended is asked nothing more. */
  readonly requests: number;
  readonly longestSilenceMs: Ms;
  readonly aboutMs: Ms;
}

export function describeKeepalive(plan: readonly PlannedCheck[], principal = defaultPrincipal): KeepaliveDescription {
  const ids = [...new Set(plan.map(({ target }) => target.id))];
  const targets = ids.flatMap((id) => {
    const own = plan.filter(({ target }) => target.id === id);
    return own[0] === undefined
      ? []
      : [
          describe(
            own[0],
            own.flatMap(({ steps }) => steps),
          ),
        ];
  });
  return {
    ...namedPrincipal(principal),
    targets,
    aboutMs: greatest(targets.map(({ aboutMs }) => aboutMs)),
    cost: costOfRequests(targets.map((target) => ({ ...target, bodyBytes: 0 }))),
  };
}

function describe({ target }: PlannedCheck, steps: readonly Step[]): DescribedTarget {
  const silences = new Map<string, number>();
  for (const { thread, socket } of steps)
    if (thread !== undefined)
      silences.set(thread, (silences.get(thread) ?? 0) + (socket.kind === "kept" ? socket.idleBeforeMs : 0));
  return {
    target: target.id,
    kind: target.kind.kind,
    origin: showOrigin(target.origin),
    connections: silences.size,
    addressesMax,
    requests: steps.filter(({ until }) => until === "answered").length,
    longestSilenceMs: greatest(steps.map(({ socket }) => (socket.kind === "kept" ? socket.idleBeforeMs : 0))),
    aboutMs: greatest([...silences.values()]),
  };
}

const greatest = (values: readonly number[]): Ms => ms(Math.max(0, ...values));

export function showKeepalive({ principal, targets, aboutMs, cost }: KeepaliveDescription): string {
  const lines = targets.map(
    ({ target, kind, origin, connections, requests, longestSilenceMs, aboutMs: own }) =>
      `${target} (${kind}) ${origin}\n  ${connections} connections to each of its addresses (of ${addressesMax} at most), ${requests} requests at most, silences of up to ${showMs(longestSilenceMs)}: about ${showMs(own)}`,
  );
  const price = `For each address they cost ${showUsd(cost.usd)}${cost.usd === 0 ? "" : " at most"}. ${cost.notes.join(" ")}`;
  const as = principal === undefined ? "" : `, as ${principal}`;
  return [...lines, `All at the same time${as}: about ${showMs(aboutMs)}. Nothing was sent.\n${price}`].join("\n\n");
}
