import type { CliCommand } from "../command.ts";
import { CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";

export const report: CliCommand = {
  name: "report",
  arguments: [["<run...>", "saved runs, or files of k6, vegeta, wrk, wrk2, oha or HdrHistogram"]],
  summary: "renders saved runs and other tools' results, compares several, merges shards; no packet is sent",
  options: [
    ["--against <run...>", "compare the runs named first with these", "all-that-follow"],
    ["--margin <duration>", "a difference between runs that nobody minds"],
    ["--merge", "put shards of one load together, exactly, and judge the whole"],
    ["--by <tag>", "tell another tool's targets apart by this tag (default: target, where there is one)"],
    ["--threshold <rule...>", "judge another tool's load by this rule"],
    ["--advice <clients>", "of a saved keepalive run, print the settings of these clients too: node, go … or all"],
    ["--unit <unit>", "what an HdrHistogram log counts: ns, us or ms (default: as it tells)"],
  ],
  examples: [
    "pathproof report reports/2026-11-23T10-20-30Z-check",
    "pathproof report old-run --out again --json",
    "pathproof report reports/2026-11-23T10-20-30Z-keepalive --advice sdk-js,boto3",
    "pathproof report before after",
    "pathproof report a1 a2 a3 --against b1 b2 b3 --margin 2ms",
    "pathproof report shard-1 shard-2 --merge --out whole",
    'pathproof report k6-summary.json --threshold "p95 < 250ms"',
    "pathproof report k6.csv.gz --by name",
  ],
  async run(call) {
    const [run, ...others] = call.words;
    if (run === undefined) throw new CliError(exitCodes.usage, "report: name a saved run or a file");
    const { readReportWords } = await import("../report/report-words.ts");
    const words = await readReportWords(call);
    const single = others.length === 0 && words.against.length === 0 && !words.merge;
    if (words.clients.length > 0 && !single)
      throw new CliError(exitCodes.usage, "report: --advice goes with one saved keepalive run");
    if (words.merge) {
      if (words.against.length > 0)
        throw new CliError(exitCodes.usage, "report: --merge and --against do not go together");
      return (await import("../report/merge-shards.ts")).mergeShards(call, call.words);
    }
    if (others.length > 0 || words.against.length > 0)
      return (await import("../report/compare-saved.ts")).compareSaved(call, call.words, words);
    return (await import("../report/report-saved.ts")).reportSaved(call, run, words);
  },
};
