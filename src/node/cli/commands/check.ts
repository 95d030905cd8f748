import { type CliCommand, textOption } from "../command.ts";

export const check: CliCommand = {
  name: "check",
  arguments: [["[target...]", "targets of the config; all of them when none is named"]],
  summary: "connectivity validation: is every path reachable, private, rightly authorized and rightly refused?",
  options: [
    [
      "--only <what>",
      "only this group (network, tls, answer, auth, routing, connection, payload) or this check, and what it needs",
    ],
  ],
  examples: ["pathproof check", "pathproof check orders-lattice --only auth", "pathproof check --json | jq .verdict"],
  async run(call) {
    const { loadConfig, selectTargets } = await import("../load-config.ts");
    const config = await loadConfig(call);
    const targets = selectTargets(config.targets, call.words);
    const { runCheck } = await import("../run-check.ts");
    return runCheck(call, { ...config, targets }, textOption(call, "only"));
  },
};
