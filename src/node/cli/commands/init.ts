import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { nearest } from "#core/config/suggest.ts";
import { type CliCommand, CliError, listOption, textOption } from "../command.ts";
import { exitCodes } from "../exit-code.ts";
import { reason } from "../open-run.ts";

export const init: CliCommand = {
  name: "init",
  arguments: [],
  summary: "writes a commented pathproof.yaml; asks on a terminal, takes flags otherwise",
  options: [
    ["--region <region>", "the AWS Region of the targets"],
    ["--kind <kind...>", "a kind of target to begin with; may be repeated"],
    ["--force", "write over a config that is there"],
  ],
  examples: ["pathproof init", "pathproof init --region eu-west-1 --kind lattice --kind lambda-endpoint"],
  async run(call) {
    const { targetKinds } = await import("#core/targets/index.ts");
    const { configTemplate } = await import("#core/config/template.ts");
    const { writeWhole } = await import("#node/files/run-folder.ts");
    const file = resolve(call.directory, call.global.config);
    if (existsSync(file) && call.options["force"] !== true) {
      throw new CliError(exitCodes.usage, `${file} is there already; --force writes over it`);
    }
    const known = targetKinds.map(({ kind }) => kind);
    const asked = call.terminal.interactive && !call.global.yes;
    const region =
      textOption(call, "region") ??
      (asked
        ? await ask("AWS Region", call.env["AWS_REGION"] ?? "eu-west-1")
        : (call.env["AWS_REGION"] ?? "eu-west-1"));
    const given = listOption(call, "kind");
    const kinds =
      given.length > 0
        ? given
        : asked
          ? (await ask(`Kinds of target (${known.join(", ")})`, known.join(" "))).split(/[\s,]+/)
          : known;
    for (const kind of kinds) {
      if (known.includes(kind)) continue;
      const near = nearest(kind, known);
      throw new CliError(
        exitCodes.usage,
        `--kind: there is no "${kind}"${near === null ? "" : `; did you mean "${near}"?`} There are: ${known.join(", ")}`,
      );
    }
    try {
      await writeWhole(file, configTemplate({ region, kinds }));
    } catch (error) {
      throw new CliError(exitCodes.environment, `cannot write ${file}: ${reason(error)}`);
    }
    call.terminal.out(`${file}\nFill in the names, then: pathproof check --dry-run, pathproof check\n`);
    return exitCodes.pass;
  },
};

/** One question on the terminal; an empty answer takes the proposal. */
async function ask(question: string, proposal: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = (await lines.question(`${question} [${proposal}]: `)).trim();
    return answer === "" ? proposal : answer;
  } finally {
    lines.close();
  }
}
