import type { CliCommand } from "../command.ts";
import { exitCodes } from "../exit-code.ts";

export const doctor: CliCommand = {
  name: "doctor",
  arguments: [],
  summary: "whether this machine has what pathproof needs: Node, clock, signer, credentials, k6, proxies, limits",
  options: [],
  examples: ["pathproof doctor", "pathproof doctor --json"],
  async run(call) {
    const { examine } = await import("../examine.ts");
    const findings = await examine(call);
    if (call.global.json) {
      call.terminal.out(`${JSON.stringify(findings, null, 2)}\n`);
    } else {
      const { paint } = call.terminal;
      const marks = { good: paint.green("✓"), note: paint.yellow("!"), bad: paint.red("✗") };
      const width = Math.max(...findings.map(({ what }) => what.length));
      for (const { state, what, says } of findings) {
        call.terminal.out(`${marks[state]} ${paint.bold(what.padEnd(width))}  ${says}\n`);
      }
    }
    return findings.some(({ state }) => state === "bad") ? exitCodes.environment : exitCodes.pass;
  },
};
