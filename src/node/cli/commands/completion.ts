import { type CliCommand, CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";

export const completion: CliCommand = {
  name: "completion",
  arguments: [["<shell>", "bash, zsh or fish"]],
  summary: "a completion script for your shell",
  options: [],
  values: async () => ({ "": ["bash", "zsh", "fish"] }),
  examples: [
    'eval "$(pathproof completion bash)"',
    "pathproof completion fish > ~/.config/fish/completions/pathproof.fish",
  ],
  async run({ words: [shell = ""], terminal }) {
    // The list of commands is not there yet while its own files are being read.
    const commands: readonly CliCommand[] = Object.values(await import("./registry.ts"));
    const script = new Map(Object.entries({ bash, zsh, fish })).get(shell);
    if (script === undefined) {
      throw new CliError(exitCodes.usage, `completion: expected bash, zsh or fish, got "${shell}"`);
    }
    terminal.out(await script(commands));
    return exitCodes.pass;
  },
};

const globals = [
  "--config",
  "--out",
  "--json",
  "--dry-run",
  "--quiet",
  "--no-color",
  "--concurrency",
  "--yes",
  "--help",
];

/** `-f, --fault <name...>` → `--fault`. */
const longFlag = (flags: string): string => /--[a-z0-9-]+/.exec(flags)?.[0] ?? flags;

const optionsOf = (command: CliCommand): readonly string[] => [
  ...command.options.map(([flags]) => longFlag(flags)),
  ...globals,
];

async function bash(commands: readonly CliCommand[]): Promise<string> {
  const known = await Promise.all(
    commands.map(async (command) => ({ command, values: (await command.values?.()) ?? {} })),
  );
  const words = known.map(
    ({ command, values }) =>
      `    ${command.name}) words="${[...(values[""] ?? []), ...optionsOf(command)].join(" ")}" ;;`,
  );
  const after = known.flatMap(({ command, values }) =>
    Object.entries(values)
      .filter(([flag]) => flag !== "")
      .map(([flag, may]) => `    "${command.name} ${flag}") words="${may.join(" ")}" ;;`),
  );
  return `_pathproof() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words
  case "\${COMP_WORDS[1]}" in
${words.join("\n")}
    *) words="${[...commands.map(({ name }) => name), ...globals].join(" ")}" ;;
  esac
  case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD-1]}" in
${after.join("\n")}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${commands.map(({ name }) => name).join(" ")} --help --version"; fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  if [ \${#COMPREPLY[@]} -eq 0 ]; then COMPREPLY=($(compgen -f -- "$word")); fi
}
complete -F _pathproof pathproof
`;
}

const zsh = (commands: readonly CliCommand[]): string => `#compdef pathproof
_pathproof() {
  local -a commands options
  commands=(
${commands.map((command) => `    '${command.name}:${quoteless(command.summary)}'`).join("\n")}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  case "$words[2]" in
${commands.map((command) => `    ${command.name}) options=(${optionsOf(command).join(" ")}) ;;`).join("\n")}
  esac
  compadd -- $options
  _files
}
if [ "$funcstack[1]" = "_pathproof" ]; then _pathproof "$@"; else compdef _pathproof pathproof; fi
`;

const fish = (commands: readonly CliCommand[]): string =>
  [
    "complete -c pathproof -n __fish_use_subcommand -f",
    ...commands.map(
      ({ name, summary }) => `complete -c pathproof -n __fish_use_subcommand -a ${name} -d '${quoteless(summary)}'`,
    ),
    ...commands.flatMap((command) =>
      command.options.map(
        ([flags, description]) =>
          `complete -c pathproof -n '__fish_seen_subcommand_from ${command.name}' -l ${longFlag(flags).slice(2)} -d '${quoteless(description)}'`,
      ),
    ),
    ...globals.map((flag) => `complete -c pathproof -l ${flag.slice(2)}`),
    "",
  ].join("\n");

const quoteless = (text: string): string => text.replace(/['\\:]/g, " ");
