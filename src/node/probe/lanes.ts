import type { Step } from "#core/observations/step.ts";
import type { Target } from "#core/targets/target.ts";
import type { Ms } from "#core/units.ts";
import { type Got, got } from "./got.ts";
import type { Means } from "./means.ts";
import { pause } from "./pause.ts";
import type { Stop } from "./stop.ts";
import { triedOf } from "./tried-addresses.ts";
import type { Wire } from "./wire.ts";
import type { Budget } from "./within.ts";

/** The way to one address and, once there is one, the wire. */
export interface Lane {
  /** Where it leads. */
  readonly candidate: string;
  readonly addresses: readonly string[];
  /** The same, once a packet was sent there. */
  address: string | null;
  wire: Wire | null;
}

/** Those sockets of the step before that are still there after the silence; with none left there is nothing to wait for. */
export async function liveAfterSilence({ socket }: Step, kept: readonly Wire[], stop: Stop): Promise<readonly Wire[]> {
  if (socket.kind === "fresh") {
    for (const wire of kept) wire.close();
    return [];
  }
  const live = (): readonly Wire[] => kept.filter((wire) => !wire.gone);
  if (live().length > 0) {
    await pause(socket.idleBeforeMs, stop, (wake) => {
      const unwatch = kept.map((wire) => wire.onGone(() => live().length === 0 && wake()));
      return () => {
        for (const forget of unwatch) forget();
      };
    });
  }
  return live();
}

/** Where a step leads: along what was kept of the one before or, with nothing left of that, wherever the name leads. */
export async function findLanes(
  { names }: Means,
  target: Target,
  step: Step,
  live: readonly Wire[],
  budget: Budget,
): Promise<{ readonly lanes: Got<readonly Lane[]>; readonly dnsMs: Ms | null; readonly leftOut: number }> {
  const [first] = live;
  if (first !== undefined && step.until !== "resolved")
    return { lanes: got(keptLanes(step, live, first)), dnsMs: null, leftOut: 0 };
  const { addresses, dnsMs } = await names.resolve(target, budget, step.until === "resolved");
  if (addresses.kind === "failed") return { lanes: addresses, dnsMs, leftOut: 0 };
  const all = addresses.value;
  const used = step.address === "each" ? triedOf(all) : { addresses: all.slice(0, 1), leftOut: 0 };
  const lanes = got(used.addresses.map((candidate) => lane(candidate, all, null)));
  return { lanes, dnsMs, leftOut: used.leftOut };
}

function keptLanes(step: Step, live: readonly Wire[], first: Wire): readonly Lane[] {
  const { addresses } = first;
  if (step.address === "any") return [lane(first.address, addresses, first)];
  return addresses.map((one) => lane(one, addresses, live.find(({ address }) => address === one) ?? null));
}

export const lane = (candidate: string, addresses: readonly string[], wire: Wire | null): Lane => ({
  candidate,
  addresses,
  address: wire?.address ?? null,
  wire,
});
