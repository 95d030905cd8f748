import type { Config, Load } from "#core/config/config.ts";
import { showDuration, showRate } from "#core/config/quantity.ts";
import { type CompareDesign, designComparison, designMs } from "#core/plan/compare-design.ts";
import type { Target } from "#core/targets/target.ts";
import { type Ms, ms, type PerSecond } from "#core/units.ts";
import { CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";

/** What `compare` was asked; null: as the config says. */
export interface CompareWords {
  readonly engine: "k6" | "node";
  readonly rate: PerSecond | null;
  readonly durationMs: Ms | null;
  readonly marginMs: Ms | null;
  readonly blockMs: Ms | null;
  readonly seed: number | null;
  readonly cold: boolean;
  readonly pilotOnly: boolean;
  readonly threads: number;
  /** Who asks; the config's where no other was named. */
  readonly principal: string;
}

const askedMs = ({ compare }: Config, { durationMs }: CompareWords): Ms => durationMs ?? compare.durationMs;

/** @throws CliError where the guard rails forbid it, or too few rounds would come of it */
export function designOf(config: Config, targets: readonly Target[], words: CompareWords): CompareDesign {
  const { compare, limits } = config;
  const rate = words.rate ?? compare.rate;
  const durationMs = askedMs(config, words);
  if (rate > limits.maxRate)
    throw new CliError(
      exitCodes.usage,
      `--rate: ${showRate(limits.maxRate)} at most (limits.maxRate), got ${showRate(rate)}`,
    );
  if (durationMs > limits.maxDurationMs)
    throw new CliError(
      exitCodes.usage,
      `--duration: ${showDuration(limits.maxDurationMs)} at most (limits.maxDuration), got ${showDuration(durationMs)}`,
    );
  const designed = designComparison({
    targets: targets.length,
    durationMs,
    rate,
    marginMs: words.marginMs ?? compare.marginMs,
    seed: words.seed ?? Math.floor(Date.now() / 1000) % 2 ** 32,
    cold: words.cold,
    blockMs: words.blockMs,
  });
  if (designed.kind === "refused") throw new CliError(exitCodes.usage, `compare: ${designed.why}`);
  const { design } = designed;
  if (words.pilotOnly) return { ...design, rounds: design.pilotRounds };
  // A pilot that is the whole run would tell nothing in time.
  return design.pilotRounds < design.rounds ? design : { ...design, pilotRounds: 0 };
}

/** What an engine is chosen and made ready by. */
export const asLoad = (
  design: CompareDesign,
  targets: readonly Target[],
  { engine, principal }: Pick<CompareWords, "engine" | "principal">,
): Load => ({
  name: "compare",
  engine,
  targets: targets.map(({ id }) => id),
  arrival: { kind: "open", rate: design.rate },
  durationMs: designMs(design, targets.length, design.rounds),
  warmupMs: ms(0),
  scenario: "steady",
  principal,
  thresholds: [],
});
