import pLimit from "p-limit";
import type { Network } from "#core/config/config.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Step } from "#core/observations/step.ts";
import type { SignRequest } from "#core/signing/sign-request.ts";
import type { Target } from "#core/targets/target.ts";
import { createTrust } from "#node/sockets/tls.ts";
import { beginAtATime } from "./limits.ts";
import type { Means } from "./means.ts";
import { createNames } from "./names.ts";
import { createStop } from "./stop.ts";
import { performThread, spinThreads } from "./threads.ts";
import type { Wire } from "./wire.ts";

export interface ProbeOptions {
  readonly network: Network;
  /** Further trusted issuers, as PEM; null when there are none. */
  readonly caPem: string | null;
  /** `limits.allow`: no packet is ever sent to an address beyond it. */
  readonly allow: readonly string[];
  readonly sign: SignRequest;
  /** Milliseconds since 1970. */
  now(): number;
  /** Ends everything under way, and everything to come, with `interrupted`. */
  readonly signal: AbortSignal;
}

export interface Probe {
  /**
   * Performs a script, thread by thread side by side, step by step in each: one exchange per step, or one per address where
   * a step asks for each; in the script's order. Never rejects: whatever the world does is in the exchanges.
   */
  perform(target: Target, check: string, steps: readonly Step[]): Promise<readonly Exchange[]>;
  /** Ends what is under way; afterwards no socket and no timer is left. */
  close(): Promise<void>;
}

export function createProbe({ network, caPem, allow, sign, now, signal }: ProbeOptions): Probe {
  const stop = createStop(signal);
  const open = new Set<Wire>();
  const scripts = new Set<Promise<unknown>>();
  const begin = pLimit(beginAtATime);
  let connections = 0;
  const means: Means = {
    names: createNames(network, stop),
    trust: createTrust(caPem),
    allow,
    sign,
    now,
    stop,
    nextId: () => ++connections,
    remember(wire) {
      open.add(wire);
      void wire.untilClosed().then(() => open.delete(wire));
    },
  };

  const perform = async (target: Target, check: string, steps: readonly Step[]): Promise<readonly Exchange[]> => {
    const threads = await spinThreads(means, target, steps);
    const seen = await Promise.all(threads.map((thread) => performThread(means, check, thread, begin)));
    return seen.flat();
  };

  return {
    async perform(target, check, steps) {
      const script = perform(target, check, steps);
      scripts.add(script);
      return await script.finally(() => scripts.delete(script));
    },
    async close() {
      stop.stop();
      await Promise.allSettled(scripts);
      for (const wire of open) wire.close();
      await Promise.all([...open].map((wire) => wire.untilClosed()));
    },
  };
}
