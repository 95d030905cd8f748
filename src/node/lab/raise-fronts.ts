import { findKind } from "#core/targets/index.ts";
import type { Authorities } from "./ca/target-certificate.ts";
import { targetCertificate } from "./ca/target-certificate.ts";
import { openFront } from "./front/front.ts";
import type { Listener, Stoppable } from "./front/listener.ts";
import { mannersOf } from "./front/manners.ts";
import { createStaleReuse, type StaleReuse, type StaleReuseCounts } from "./front/stale-reuse.ts";
import type { Opened } from "./lab-config.ts";
import type { App } from "./wire.ts";
import type { LabTarget, Surroundings } from "./world.ts";

export type CreateApp = (target: LabTarget, surroundings: Surroundings) => App;

/** A target with everything it takes to open its front. */
export interface Site {
  readonly target: LabTarget;
  readonly surroundings: Surroundings;
  readonly app: App;
}

export interface Fronts extends Stoppable {
  readonly opened: readonly Opened[];
  /** By target. */
  staleReuse(): Readonly<Record<string, StaleReuseCounts>>;
}

interface Raised extends Opened, Listener {
  readonly staleReuse: StaleReuse | null;
}

/** Opens the fronts of all targets, or none. */
export async function raiseFronts(sites: readonly Site[], authorities: Authorities): Promise<Fronts> {
  const results = await Promise.allSettled(sites.map((site, index) => raise(site, index, authorities)));
  const listeners = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const stop = async (): Promise<void> => void (await Promise.all(listeners.map((listener) => listener.stop())));
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  const staleReuse = (): Readonly<Record<string, StaleReuseCounts>> =>
    Object.fromEntries(
      listeners.flatMap(({ target, staleReuse: stale }) => (stale === null ? [] : [[target.id, stale.counts]])),
    );
  return { opened: listeners, staleReuse, stop };
}

async function raise({ target, surroundings, app }: Site, index: number, authorities: Authorities): Promise<Raised> {
  const kind = findKind(target.kind);
  if (kind === null) throw new RangeError(`lab target ${target.id}: there is no target kind ${target.kind}`);
  const { effects, timeScale, staleReuse: asked } = surroundings;
  // Each target has a chance of its own, so that what is asked of one changes nothing at another.
  const staleReuse = asked === null ? null : createStaleReuse(asked.share, asked.seed + index);
  const certificate = await targetCertificate(target, effects.tls, authorities);
  const listener = await openFront({
    target,
    manners: mannersOf(kind, timeScale),
    effects,
    staleReuse,
    certificate,
    app,
  });
  return { target, effects, staleReuse, ...listener };
}
