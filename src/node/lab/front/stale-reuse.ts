import { createRandom } from "#core/statistics/random.ts";

/** Some of the requests on reused connections find them dead: a share of them, the same ones for the same seed. */
export interface StaleReuse {
  /** Whether the next one does; counts it. */
  strikes(): boolean;
  readonly counts: StaleReuseCounts;
}

export interface StaleReuseCounts {
  /** Requests that came on a connection which had carried others before. */
  readonly reused: number;
  /** Those of them that were met with RST, and never answered. */
  readonly reset: number;
}

/** @param share in [0, 1] */
export function createStaleReuse(share: number, seed: number): StaleReuse {
  const random = createRandom(seed);
  let reused = 0;
  let reset = 0;
  return {
    strikes() {
      reused += 1;
      const struck = random.uniform() < share;
      if (struck) reset += 1;
      return struck;
    },
    get counts() {
      return { reused, reset };
    },
  };
}
