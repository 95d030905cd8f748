import { type CliCommand, listOption, textOption } from "../command.ts";

export const check: CliCommand = {
  name: "check",
  arguments: [["[target...]", "targets of the config; all of them when none is named"]],
  summary: "connectivity validation: is every path reachable, private, rightly authorized and rightly refused?",
  options: [
    [
      "--only <what>",
      "only these groups (network, tls, answer, auth, routing, connection, payload, timeouts) and checks, commas between, and what they need",
    ],
    [
      "--principal <name...>",
      "only what these principals may do (default, anonymous and those of the config); may be repeated",
    ],
  ],
  async values() {
    const { checks } = await import("#core/checks/index.ts");
    return { "--only": [...new Set(checks.map(({ group }) => group)), ...checks.map(({ id }) => id)] };
  },
  examples: [
    "pathproof check",
    "pathproof check orders-lattice --only auth",
    "pathproof check --only tls,connection-is-reused",
    "pathproof check --only access-is-as-declared --principal reader",
    "pathproof check --json | jq .verdict",
  ],
  async run(call) {
    const { loadConfig, selectTargets } = await import("../load-config.ts");
    const config = await loadConfig(call);
    const { narrowAccess } = await import("../narrow-access.ts");
    const targets = narrowAccess(config, selectTargets(config.targets, call.words), listOption(call, "principal"));
    const { runCheck } = await import("../run-check.ts");
    return runCheck(call, { ...config, targets }, textOption(call, "only"));
  },
};
