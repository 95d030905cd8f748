import { nearest } from "#core/config/suggest.ts";
import { type CliCommand, CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";

export const explain: CliCommand = {
  name: "explain",
  arguments: [["[code]", "a cause's code, as reports name it; without one, the whole catalogue is listed"]],
  summary: "what one cause means, how it shows and what to do",
  options: [],
  examples: ["pathproof explain", "pathproof explain denied-endpoint-policy"],
  async run({ words: [code], global, terminal }) {
    const { causes, findCause } = await import("#core/causes/index.ts");
    const { explainCause } = await import("#core/causes/show.ts");
    if (code === undefined) {
      const width = Math.max(...causes.map((cause) => cause.code.length));
      const rows = causes.map((cause) => ({ code: cause.code, layer: cause.layer, title: cause.title }));
      terminal.out(
        global.json
          ? `${JSON.stringify(rows, null, 2)}\n`
          : rows.map((row) => `${row.code.padEnd(width)}  ${terminal.paint.dim(row.title)}\n`).join(""),
      );
      return exitCodes.pass;
    }
    const cause = findCause(code);
    if (cause === null) {
      const near = nearest(
        code,
        causes.map((one) => one.code),
      );
      throw new CliError(
        exitCodes.usage,
        `no cause has the code "${code}"${near === null ? "" : `; did you mean "${near}"?`} (pathproof explain lists them all)`,
      );
    }
    terminal.out(`${explainCause(cause)}\n`);
    return exitCodes.pass;
  },
};
