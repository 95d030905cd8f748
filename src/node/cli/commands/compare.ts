import { parseDuration, parseRate } from "#core/config/quantity.ts";
import type { Ms, PerSecond } from "#core/units.ts";
import {
  type Call,
  type CliCommand,
  CliError,
  engineOption,
  textOption,
  threadsOption,
  wholeOption,
} from "../command.ts";
import { exitCodes } from "../exit-code.ts";
import { askingPrincipal, principalOption } from "../principal-words.ts";

export const compare: CliCommand = {
  name: "compare",
  arguments: [["<target...>", "two targets of the config or more"]],
  summary: "which path is faster, and by how much? Asks them in turn, and says so when it cannot tell",
  options: [
    ["--engine <engine>", "k6 or node (node unless told)"],
    principalOption,
    ["--rate <rate>", "requests per second in each block, such as 50/s (compare.rate)"],
    ["--duration <time>", "how long all targets are asked in turn, such as 10m (compare.duration)"],
    ["--margin <time>", "differences within it count as none, such as 2ms (compare.margin)"],
    ["--cold", "compare new connections too, in blocks of their own: one for each request"],
    ["--block <time>", "how long a target has its turn, such as 5s (as fits the duration unless told)"],
    ["--seed <n>", "the order of the blocks follows from it (drawn from the clock unless told)"],
    ["--pilot", "only the first rounds: how long must it last?"],
    ["--threads <n>", "threads that send, with engine: node (1 unless told)"],
  ],
  examples: [
    "pathproof compare orders-direct orders-lattice --dry-run",
    "pathproof compare orders-direct orders-lattice orders-alb --pilot",
    "pathproof compare orders-direct orders-lattice --principal reader",
    "pathproof compare orders-direct orders-alb --duration 20m --margin 1ms --cold",
  ],
  async run(call) {
    const engine = engineOption(call) ?? "node";
    const words = {
      engine,
      rate: read<PerSecond>(call, "rate", "a rate such as 50/s", parseRate),
      durationMs: read<Ms>(call, "duration", "a duration such as 10m", parseDuration),
      marginMs: read<Ms>(call, "margin", "a duration such as 2ms", parseDuration),
      blockMs: read<Ms>(call, "block", "a duration such as 5s", parseDuration),
      seed: wholeOption(call, "seed", 0, 2 ** 32 - 1),
      cold: call.options["cold"] === true,
      pilotOnly: call.options["pilot"] === true,
      threads: threadsOption(call, engine),
    };
    const { loadConfig, selectTargets } = await import("../load-config.ts");
    const config = await loadConfig(call);
    // As they were named, not as the config has them: the first is what the others are held against.
    const targets = selectTargets(config.targets, call.words).toSorted(
      (a, b) => call.words.indexOf(a.id) - call.words.indexOf(b.id),
    );
    if (targets.length < 2)
      throw new CliError(
        exitCodes.usage,
        `compare: name two targets or more; the config has ${config.targets.map(({ id }) => id).join(", ")}`,
      );
    const { runCompare } = await import("../run-compare.ts");
    const principal = askingPrincipal(config, call, config.compare.principal);
    return runCompare(call, config, targets, { ...words, principal });
  },
};

/** An option's value, which must be above nothing; null when it was not given. */
function read<T extends number>(
  call: Call,
  name: string,
  expected: string,
  parse: (said: string) => T | null,
): T | null {
  const said = textOption(call, name);
  if (said === null) return null;
  const value = parse(said);
  if (value !== null && value > 0) return value;
  throw new CliError(exitCodes.usage, `--${name}: expected ${expected}, got "${said}"`);
}
