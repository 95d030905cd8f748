import { createRandom, type Random } from "#core/statistics/random.ts";
import { type Switches, wholeNumber } from "./echo-switches.ts";

const delayMsMax = 3_600_000;
const tailsMax = 1000;
const tails = new Map<string, Random>();

/** How long an answer is asked to take, in milliseconds; nobody waits for more than an hour. */
export function delayOf(switches: Switches): number {
  const delayMs = Number(switches("delay") ?? 0);
  return Math.min(delayMsMax, (delayMs >= 0 ? delayMs : 0) + tailOf(switches("tail"), switches("seed")));
}

/** Each tail draws from chance of its own, which its seed repeats exactly; in the order in which requests arrive. */
function tailOf(written: string | null, seed: string | null): number {
  const [, tailMs, percent] = /^(\d{1,7}(?:\.\d{1,3})?):(\d{1,3}(?:\.\d{1,3})?)$/.exec(written ?? "") ?? [];
  if (tailMs === undefined || percent === undefined) return 0;
  const key = `${written} ${seed}`;
  const random = tails.get(key) ?? createRandom(wholeNumber(seed, 1, 2 ** 32 - 1));
  if (tails.size < tailsMax) tails.set(key, random);
  return random.uniform() * 100 < Number(percent) ? Number(tailMs) : 0;
}
