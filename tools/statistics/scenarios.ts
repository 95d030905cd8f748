import type { Random } from "#core/statistics/random.ts";
import { gammaOfFour, normal, pareto } from "./draw.ts";

/** How long requests take, in ms, one after the other: the environment goes on while targets take turns in it. */
export type Requests = () => number;

/** A made-up world. Its body is a gamma of 15 ms on average; two requests in a hundred take 50 ms more. */
export interface Scenario {
  readonly name: string;
  readonly about: string;
  /** @param blockRequests how many make up a block, so that drift is as long as a few blocks whatever their size */
  readonly requests: (random: Random, blockRequests: number) => Requests;
}

const bodyMs = (random: Random): number => 5 + 2.5 * gammaOfFour(random) + (random.uniform() < 0.02 ? 50 : 0);

/** First-order autoregression, 1 ms strong, which forgets within five blocks; and a swing of 2 ms every 41 blocks. */
function drift(random: Random, blockRequests: number): Requests {
  const keep = Math.exp(-stepRequests / (5 * blockRequests));
  const phase = random.uniform() * 2 * Math.PI;
  let slow = normal(random);
  let count = 0;
  return () => {
    if (count % stepRequests === 0) slow = keep * slow + Math.sqrt(1 - keep * keep) * normal(random);
    return slow + 2 * Math.sin(phase + (2 * Math.PI * count++) / (41 * blockRequests));
  };
}

/** The autoregression moves on after so many. */
const stepRequests = 10;

/** Now and then everything takes 15 ms more for about half a block. */
function spells(random: Random, blockRequests: number): Requests {
  let left = 0;
  return () => {
    if (left > 0) left--;
    else if (random.uniform() < 0.06 / blockRequests)
      left = Math.ceil(-Math.log1p(-random.uniform()) * blockRequests * 0.5);
    return left > 0 ? 15 : 0;
  };
}

export const scenarios = [
  { name: "quiet", about: "nothing drifts", requests: (random) => () => bodyMs(random) },
  {
    name: "drift",
    about: "AR(1) of 1 ms and a swing of 2 ms",
    requests(random, blockRequests) {
      const drifting = drift(random, blockRequests);
      return () => bodyMs(random) + drifting();
    },
  },
  {
    name: "spells",
    about: "drift, and 15 ms more for half a block now and then",
    requests(random, blockRequests) {
      const drifting = drift(random, blockRequests);
      const slow = spells(random, blockRequests);
      return () => bodyMs(random) + drifting() + slow();
    },
  },
  {
    name: "heavy",
    about: "drift, and a Pareto tail without variance (exponent 1.5) on 5 % of requests",
    requests(random, blockRequests) {
      const drifting = drift(random, blockRequests);
      return () => bodyMs(random) + drifting() + (random.uniform() < 0.05 ? 10 * pareto(1.5, random) : 0);
    },
  },
] as const satisfies readonly Scenario[];

/**
 * A quick path on one machine: 10 ms within some tenths, and 3 % of the requests in pauses that hit about four in a row with one
 * pause of 3 ms on average. The tail is made of few pauses, however many requests they hit.
 */
export const pauses: Scenario = {
  name: "pauses",
  about: "a narrow body, and pauses that hit several requests in a row",
  requests(random) {
    let left = 0;
    let pauseMs = 0;
    return () => {
      if (left > 0) left--;
      else if (random.uniform() < 0.03 / 4) {
        left = Math.ceil(-Math.log1p(-random.uniform()) * 4);
        pauseMs = -Math.log1p(-random.uniform()) * 3;
      }
      return 10 + 0.05 * gammaOfFour(random) + (left > 0 ? pauseMs : 0);
    };
  },
};
