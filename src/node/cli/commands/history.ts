import type { CliCommand } from "../command.ts";

export const history: CliCommand = {
  name: "history",
  arguments: [["[runs...]", "saved runs, or folders that hold them (default: reports)"]],
  summary: "shows saved runs over time and where they changed; no packet is sent",
  options: [
    ["--since <when>", 'only what changed since then decides: "7d", "12h" or a date such as 2026-11-20'],
    ["--margin <share>", 'changes of a time by less are not told (default: "5%")'],
    ["--last <n>", "only the newest so many runs (default: 200)"],
    ["--seed <n>", "of the random orders that changes are held against (default: 1)"],
  ],
  examples: [
    "pathproof history",
    "pathproof history /mnt/nightly --since 7d --json",
    "pathproof history reports/2026-11-*-run --margin 10%",
  ],
  async run(call) {
    return (await import("../run-history.ts")).runHistory(call);
  },
};
