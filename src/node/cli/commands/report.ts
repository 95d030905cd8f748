import type { CliCommand } from "../command.ts";
import { CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";

export const report: CliCommand = {
  name: "report",
  arguments: [["<run...>", "folders of saved runs"]],
  summary: "judges a saved run again and renders every document anew, without a packet",
  options: [],
  examples: ["pathproof report reports/2026-11-23T10-20-30Z-check", "pathproof report old-run --out again --json"],
  async run(call) {
    const [run, another] = call.words;
    if (run === undefined || another !== undefined) {
      throw new CliError(exitCodes.usage, "report: name one run folder");
    }
    const { rejudge } = await import("../rejudge.ts");
    return rejudge(call, run);
  },
};
