import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { didYouMean } from "#core/config/suggest.ts";
import { shellWord } from "#core/signing/curl.ts";
import { type Call, type CliCommand, CliError, configDefault, listOption, textOption } from "../command.ts";
import { exitCodes } from "../exit-code.ts";
import { reason } from "../open-run.ts";

export const init: CliCommand = {
  name: "init",
  arguments: [],
  summary: "writes a commented pathproof.yaml; asks on a terminal, takes flags otherwise",
  options: [
    ["--region <region>", "the AWS Region of the targets"],
    ["--kind <kind...>", "a kind of target to begin with; may be repeated"],
    ["--force", "write over a config that is there (--dry-run shows the new one, and writes nothing)"],
  ],
  async values() {
    const { targetKinds } = await import("#core/targets/index.ts");
    return { "--kind": targetKinds.map(({ kind }) => kind) };
  },
  examples: ["pathproof init", "pathproof init --region eu-west-1 --kind lattice --kind lambda-endpoint"],
  async run(call) {
    const { targetKinds } = await import("#core/targets/index.ts");
    const { configTemplate } = await import("#core/config/template.ts");
    const { writeWhole } = await import("#node/files/run-folder.ts");
    const { dryRun, json, config } = call.global;
    const file = resolve(call.directory, config);
    if (existsSync(file) && call.options["force"] !== true && !dryRun) {
      throw new CliError(exitCodes.usage, `${file} is there already; --force writes over it`);
    }
    const region = await chooseRegion(call);
    const kinds = await chooseKinds(
      call,
      targetKinds.map(({ kind }) => kind),
    );
    const text = configTemplate({ region, kinds });
    if (dryRun) {
      call.terminal.out(text);
      return exitCodes.pass;
    }
    try {
      await writeWhole(file, text);
    } catch (error) {
      throw new CliError(exitCodes.environment, `cannot write ${file}: ${reason(error)}`);
    }
    call.terminal.out(json ? `${JSON.stringify({ config: file }, null, 2)}\n` : whatNext(file, config));
    return exitCodes.pass;
  },
};

function whatNext(file: string, config: string): string {
  const check = config === configDefault ? "pathproof check" : `pathproof check -c ${shellWord(config)}`;
  return `${file}\nFill in the names, then: ${check} --dry-run, ${check}\n`;
}

const asks = ({ terminal, global }: Call): boolean =>
  terminal.interactive && process.stdin.isTTY === true && !global.yes;

async function chooseRegion(call: Call): Promise<string> {
  const { isRegion, regionOfEnvironment } = await import("#core/config/region.ts");
  const wrong = (text: string) => (isRegion(text) ? null : `expected a Region such as eu-west-1, got "${text}"`);
  const given = textOption(call, "region");
  if (given !== null) return orRefuse(given, wrong(given), "--region");
  const proposal = regionOfEnvironment(call.env) ?? "eu-west-1";
  if (!asks(call)) return proposal;
  const { ask } = await import("../ask.ts");
  return ask("AWS Region", proposal, wrong);
}

async function chooseKinds(call: Call, known: readonly string[]): Promise<readonly string[]> {
  const wrong = (kinds: readonly string[]): string | null => {
    const kind = kinds.find((one) => !known.includes(one));
    if (kind === undefined) return null;
    return `there is no "${kind}"${didYouMean(kind, known)} There are: ${known.join(", ")}`;
  };
  const given = listOption(call, "kind");
  if (given.length > 0) return orRefuse([...new Set(given)], wrong(given), "--kind");
  if (!asks(call)) return known;
  const { ask } = await import("../ask.ts");
  return split(await ask(`Kinds of target, of ${known.join(", ")}`, "all", (text) => wrong(split(text))));

  function split(text: string): readonly string[] {
    return text === "all" ? known : [...new Set(text.split(/[\s,]+/).filter((one) => one !== ""))];
  }
}

function orRefuse<T>(value: T, problem: string | null, option: string): T {
  if (problem !== null) throw new CliError(exitCodes.usage, `${option}: ${problem}`);
  return value;
}
