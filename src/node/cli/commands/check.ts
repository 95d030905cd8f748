import type { Means } from "#core/checks/check.ts";
import type { Config } from "#core/config/config.ts";
import type { Target } from "#core/targets/target.ts";
import { type Call, type CliCommand, CliError, textOption } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { loadConfig, selectTargets } from "../load-config.ts";
import { openRun } from "../open-run.ts";
import { startProgress } from "../progress.ts";
import { readVantage } from "../vantage.ts";
import { writeReports } from "../write-reports.ts";

export const check: CliCommand = {
  name: "check",
  arguments: [["[target...]", "targets of the config; all of them when none is named"]],
  summary: "connectivity validation: is every path reachable, private, rightly authorized and rightly refused?",
  options: [
    [
      "--only <what>",
      "only this group (network, tls, answer, auth, routing, connection, payload) or check, and what it needs",
    ],
  ],
  examples: ["pathproof check", "pathproof check orders-lattice --only auth", "pathproof check --json | jq .verdict"],
  async run(call) {
    const config = await loadConfig(call);
    return runCheck(call, config, selectTargets(config.targets, call.words));
  },
};
