import { type CliCommand, CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";

export const schema: CliCommand = {
  name: "schema",
  arguments: [["[which]", "config (default) or report"]],
  summary: "the JSON Schema of the config or of report.json",
  options: [],
  values: async () => ({ "": ["config", "report"] }),
  examples: ["pathproof schema > pathproof.schema.json", "pathproof schema report"],
  async run({ words: [which = "config"], terminal }) {
    const print = (value: object): void => terminal.out(`${JSON.stringify(value, null, 2)}\n`);
    switch (which) {
      case "config": {
        const { configSchema } = await import("#core/config/schema.ts");
        print(configSchema());
        return exitCodes.pass;
      }
      case "report": {
        const { reportSchema } = await import("#core/reporters/report-schema.ts");
        print(reportSchema());
        return exitCodes.pass;
      }
      default:
        throw new CliError(exitCodes.usage, `schema: expected config or report, got "${which}"`);
    }
  },
};
