import { constants } from "node:os";
import { Command, CommanderError, Option } from "commander";
import { clean } from "#core/reporters/clean.ts";
import { systemReason } from "#node/files/system-reason.ts";
import { type Call, type CliCommand, CliError, configDefault, type GlobalOptions } from "./command.ts";
import * as registry from "./commands/registry.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { openTerminal } from "./terminal.ts";
import { version } from "./version.ts";

const commands: readonly CliCommand[] = Object.values(registry);

function globalOptions(program: Command): GlobalOptions {
  const given = program.opts();
  const text = (name: string): string | null => (typeof given[name] === "string" ? given[name] : null);
  return {
    config: text("config") ?? configDefault,
    out: text("out"),
    json: given["json"] === true,
    dryRun: given["dryRun"] === true,
    quiet: given["quiet"] === true,
    concurrency: readConcurrency(text("concurrency")),
    yes: given["yes"] === true,
  };
}

function readConcurrency(text: string | null): number | null {
  if (text === null) return null;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 10_000) return value;
  throw new CliError(exitCodes.usage, `--concurrency: expected a whole number from 1 to 10000, got "${text}"`);
}

/** npm passes Ctrl-C on to a program that the terminal has told already: so soon it is not a second wish. */
const sameWishMs = 300;

/** The first signal asks the command to stop and save; the second ends the process at once. */
function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  let firstAt = Number.POSITIVE_INFINITY;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (performance.now() - firstAt > sameWishMs) process.exit(128 + constants.signals[name]);
      if (controller.signal.aborted) return;
      firstAt = performance.now();
      controller.abort(name);
    });
  }
  return controller.signal;
}

function addCommand(program: Command, command: CliCommand, finish: (code: ExitCode) => void): void {
  const sub = program.command(command.name).description(command.summary);
  for (const [syntax, description] of command.arguments) sub.argument(syntax, description);
  for (const [flags, description, takes] of command.options) {
    const option = new Option(flags, description);
    sub.addOption(takes === "all-that-follow" ? option : repeatable(option));
  }
  sub.addHelpText("after", `\nExamples:\n${command.examples.map((example) => `  $ ${example}`).join("\n")}\n`);
  sub.action(async () => {
    let signal: AbortSignal | null = null;
    const call: Call = {
      words: sub.args,
      options: sub.opts(),
      global: globalOptions(program),
      terminal: openTerminal(program.opts()["color"] === false, process.env),
      env: process.env,
      directory: process.cwd(),
      // Only a command that asks for it has something to save; any other ends at once, as programs do.
      get signal() {
        signal ??= stopOnSignals();
        return signal;
      },
    };
    finish(await command.run(call));
  });
}

/** `--fault A --fault B`: an option whose placeholder ends in `...` collects its values one at a time. */
function repeatable(option: Option): Option {
  if (!option.variadic) return option;
  option.variadic = false;
  return option.argParser<readonly string[]>((value, previous) => [...(previous ?? []), value]);
}

function buildProgram(finish: (code: ExitCode) => void): Command {
  const program = new Command("pathproof")
    .description(
      "Proves the private ways into serverless services on AWS: reachable, private, authorized, and how fast.",
    )
    .version(version, "-V, --version")
    .option("-c, --config <file>", "the config", configDefault)
    .option("--out <dir>", "where to write the run (default: reports/<UTC time>-<command>)")
    .option("--json", "the report on stdout, nothing else")
    .option("--dry-run", "what would be sent where, how much, at what cost; no packet leaves")
    .option("--quiet", "no progress on stderr")
    .option("--no-color", "no colours (NO_COLOR does the same)")
    .option("--concurrency <n>", "how many exchanges at the same time")
    .option("--yes", "answer yes to every question")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "pathproof: ")) })
    .showHelpAfterError("(pathproof --help shows what there is)")
    .exitOverride();
  for (const command of commands) addCommand(program, command, finish);
  return program;
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.pass : exitCodes.usage;
  if (error instanceof CliError) {
    process.stderr.write(`pathproof: ${clean(error.message, "keep")}\n`);
    return error.exitCode;
  }
  // Ours, not the user's: the one case where a stack trace helps.
  process.stderr.write(
    `pathproof: a fault of pathproof itself, please report it:\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return exitCodes.environment;
}

// A reader that has seen enough (`pathproof … | head`) is not an error, and no reason to leave the run or its verdict undone.
const unlessGone = (say: (error: Error) => void) => (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  say(error);
  process.exit(exitCodes.environment);
};
process.stdout.on(
  "error",
  unlessGone((error) => void process.stderr.write(`pathproof: cannot write to stdout: ${systemReason(error)}\n`)),
);
// Whose stderr fails can tell nobody.
process.stderr.on(
  "error",
  unlessGone(() => {}),
);

/** For what is still being written. */
const lingerMs = 2000;

let code: ExitCode = exitCodes.pass;
try {
  await buildProgram((result) => {
    code = result;
  }).parseAsync();
} catch (error) {
  code = exitCodeOf(error);
}
process.exitCode = code;
// What somebody else has begun and nobody waits for any more (a `credential_process` that hangs) is no reason to stay.
setTimeout(() => process.exit(), lingerMs).unref();
