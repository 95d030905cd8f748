import type { RunReport } from "#core/reporters/run-report.ts";
import { type Call, CliError } from "./command.ts";
import { exitCodes } from "./exit-code.ts";

/** @throws CliError where settings were asked for of a run that tells of none */
export function mustHaveAdvice(report: RunReport, clients: readonly string[]): void {
  if (clients.length === 0 || report.keepalive !== undefined) return;
  throw new CliError(
    exitCodes.usage,
    `--advice: settings follow from how long connections live, which keepalive finds out; this run is one of ${report.command}`,
  );
}

/** The snippets of these clients, target by target; the report has all of them. */
export function showSnippets({ global, terminal }: Call, report: RunReport, clients: readonly string[]): void {
  if (global.json) return;
  for (const { target, advice } of report.keepalive ?? []) {
    const wanted = advice?.snippets.filter(({ client }) => clients.includes(client)) ?? [];
    for (const { title, code, notes } of wanted) {
      terminal.out(`${terminal.paint.bold(`${target}: ${title}`)}\n\n${code.trimEnd()}\n\n`);
      for (const note of notes) terminal.out(`  - ${note}\n`);
      terminal.out("\n");
    }
  }
}
