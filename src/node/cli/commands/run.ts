import type { Load } from "#core/config/config.ts";
import { didYouMean } from "#core/config/suggest.ts";
import {
  type Call,
  type CliCommand,
  CliError,
  engineOption,
  listOption,
  textOption,
  threadsOption,
} from "../command.ts";
import { exitCodes } from "../exit-code.ts";
import { askingPrincipal, principalOption } from "../principal-words.ts";

export const run: CliCommand = {
  name: "run",
  arguments: [["<load>", "a load of the config"]],
  summary: "makes a load, measures it, and judges it by its thresholds",
  options: [
    ["--engine <engine>", "k6 or node, whatever the config says"],
    principalOption,
    ["--baseline <run>", "a saved run (its folder or report.json) for thresholds such as p95 < baseline * 1.1"],
    ["--out-k6 <output...>", "one of k6's own outputs too, as its --out has it (json=points.json); may be repeated"],
    ["--threads <n>", "threads that send, with engine: node (1 unless told)"],
    ["--no-abort", "go on to the end though a threshold is broken for good"],
  ],
  examples: [
    "pathproof run steady --dry-run",
    "pathproof run steady --baseline reports/last-good",
    "pathproof run steady --out-k6 web-dashboard",
  ],
  async run(call) {
    const { loadConfig } = await import("../load-config.ts");
    const config = await loadConfig(call);
    const selected = selectLoad(config.loads, call);
    const load = { ...selected, principal: askingPrincipal(config, call, selected.principal) };
    const { runLoad } = await import("../run-load.ts");
    return runLoad(call, config, load, {
      outputs: listOption(call, "outK6"),
      baseline: textOption(call, "baseline"),
      threads: threadsOption(call, load.engine),
      endEarly: call.options["abort"] !== false,
    });
  },
};

function selectLoad(loads: readonly Load[], call: Call): Load {
  const [name, another] = call.words;
  const known = loads.map((load) => load.name);
  if (name === undefined || another !== undefined) throw new CliError(exitCodes.usage, "run: name one load");
  const load = loads.find((one) => one.name === name);
  if (load !== undefined) return { ...load, engine: engineOption(call) ?? load.engine };
  throw new CliError(
    exitCodes.usage,
    known.length === 0
      ? `the config has no loads; give it one, such as\nloads:\n  ${name}: { targets: [orders], rate: 20/s, duration: 1m }`
      : `the config has no load "${name}"${didYouMean(name, known)} It has: ${known.join(", ")}`,
  );
}
