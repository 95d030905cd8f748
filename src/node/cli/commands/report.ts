import type { CliCommand } from "../command.ts";
import { CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";

export const report: CliCommand = {
  name: "report",
  arguments: [["<run...>", "saved runs, or files of k6, vegeta, wrk, wrk2, oha or HdrHistogram"]],
  summary: "judges a saved run again and renders every document anew; reads other tools' results; no packet is sent",
  options: [
    ["--by <tag>", "tell another tool's targets apart by this tag (default: target, where there is one)"],
    ["--threshold <rule...>", "judge another tool's load by this rule"],
    ["--unit <unit>", "what an HdrHistogram log counts: ns, us or ms (default: as it tells)"],
  ],
  examples: [
    "pathproof report reports/2026-11-23T10-20-30Z-check",
    "pathproof report old-run --out again --json",
    'pathproof report k6-summary.json --threshold "p95 < 250ms"',
    "pathproof report k6.csv.gz --by name",
  ],
  async run(call) {
    const [run, another] = call.words;
    if (run === undefined || another !== undefined) {
      throw new CliError(exitCodes.usage, "report: name one run folder");
    }
    const { readReportWords } = await import("../report/report-words.ts");
    const { reportSaved } = await import("../report/report-saved.ts");
    return reportSaved(call, run, readReportWords(call));
  },
};
