import { mkdtemp, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { scratchName } from "#core/plan/scratch-name.ts";
import { clip } from "#core/reporters/clean.ts";
import { handwritten, readText } from "#node/files/read-text.ts";
import type { PolicyFiles } from "#node/lab/world.ts";
import { type Call, type CliCommand, CliError, listOption, textOption, wholeOption } from "../command.ts";
import { exitCodes } from "../exit-code.ts";
import { reason } from "../open-run.ts";

const policyOptions = {
  identityPolicy: "identity",
  endpointPolicy: "endpoint",
  resourcePolicy: "resource",
  latticeServicePolicy: "latticeService",
  latticeNetworkPolicy: "latticeNetwork",
} as const satisfies Record<string, keyof PolicyFiles>;

export const lab: CliCommand = {
  name: "lab",
  arguments: [],
  summary: "loopback stand-ins for the four kinds; prints one JSON line when ready, stays until SIGTERM",
  options: [
    ["--fault <name@target...>", "turn one fault on, everywhere it fits or, with @target, there only; may be repeated"],
    ["--list-faults", "the faults there are, and the cause each must be named as"],
    ["--time-scale <factor>", "what AWS's timers are multiplied by (default 1)"],
    ["--stale-reuse <share>", "reset this share of the requests on reused connections, such as 5%"],
    ["--seed <number>", "which of them (default 1)"],
    ["--identity-policy <file>", "the caller's policy, instead of the lab's own"],
    ["--endpoint-policy <file>", "the VPC endpoints' policy"],
    ["--resource-policy <file>", "the functions' and APIs' policy"],
    ["--lattice-service-policy <file>", "the Lattice services' auth policy"],
    ["--lattice-network-policy <file>", "the service network's auth policy"],
  ],
  async values() {
    const { faults } = await import("#node/lab/faults/index.ts");
    return { "--fault": faults.map(({ name }) => name) };
  },
  examples: [
    "pathproof lab --list-faults",
    "pathproof lab --fault tcp-timeout@orders-alb --time-scale 0.01",
    "pathproof lab --stale-reuse 5% --seed 7",
    "pathproof lab --endpoint-policy ./my-endpoint-policy.json",
  ],
  async run(call) {
    if (call.options["listFaults"] === true) return listFaults(call);
    const { startLab } = await import("#node/lab/start-lab.ts");
    const directory = await mkdtemp(join(tmpdir(), scratchName("lab", hostname(), process.pid))).catch(
      (error: unknown) => {
        throw new CliError(
          exitCodes.environment,
          `the lab cannot make its folder in ${tmpdir()}: ${reason(error)}. Set TMPDIR to a folder that can be written.`,
        );
      },
    );
    try {
      const started = await startLab({
        timeScale: readTimeScale(textOption(call, "timeScale")),
        faults: listOption(call, "fault").map(readFault),
        policies: await readPolicies(call),
        staleReuse: readStaleReuse(call),
        directory,
      });
      if (started.kind === "refused") throw new CliError(exitCodes[started.why], started.message);
      const { lab } = started;
      call.terminal.out(`${JSON.stringify({ ready: true, config: lab.configFile, env: lab.env })}\n`);
      await stopped(call.signal);
      await lab.stop();
      const staleReuse = lab.staleReuse();
      if (Object.keys(staleReuse).length > 0) call.terminal.out(`${JSON.stringify({ stopped: true, staleReuse })}\n`);
      return exitCodes.pass;
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

async function listFaults({ global, terminal }: Call) {
  const { faults } = await import("#node/lab/faults/index.ts");
  const width = Math.max(...faults.map(({ name }) => name.length));
  terminal.out(
    global.json
      ? `${JSON.stringify(
          faults.map(({ name, kinds, cause }) => ({ name, kinds, cause })),
          null,
          2,
        )}\n`
      : faults
          .map(
            ({ name, title, kinds }) =>
              `${name.padEnd(width)}  ${title} ${terminal.paint.dim(`(${kinds.join(", ")})`)}\n`,
          )
          .join(""),
  );
  return exitCodes.pass;
}

/** `name` or `name@target`. */
function readFault(text: string): { readonly name: string; readonly target: string | null } {
  const [name = "", target] = text.split("@", 2);
  return { name, target: target ?? null };
}

function readStaleReuse(call: Call): { readonly share: number; readonly seed: number } | null {
  const text = textOption(call, "staleReuse");
  const seed = wholeOption(call, "seed", 0, 999_999_999) ?? 1;
  if (text === null) return null;
  const [, number, percent] = /^(\d{1,3}(?:\.\d{1,6})?)(%?)$/.exec(text) ?? [];
  const share = Number(number ?? Number.NaN) / (percent === "%" ? 100 : 1);
  if (share > 0 && share <= 1) return { share, seed };
  throw new CliError(exitCodes.usage, `--stale-reuse: expected a share such as 5% or 0.05, got "${text}"`);
}

function readTimeScale(text: string | null): number {
  if (text === null) return 1;
  const value = Number(text);
  if (value > 0 && value <= 10) return value;
  throw new CliError(exitCodes.usage, `--time-scale: expected a number above 0 and at most 10, got "${text}"`);
}

async function readPolicies(call: Call): Promise<PolicyFiles | null> {
  const policies: { -readonly [Key in keyof PolicyFiles]: PolicyFiles[Key] } = {
    identity: null,
    endpoint: null,
    resource: null,
    latticeService: null,
    latticeNetwork: null,
  };
  let given = false;
  for (const [option, layer] of Object.entries(policyOptions)) {
    const file = textOption(call, option);
    if (file === null) continue;
    given = true;
    const text = await readText(resolve(call.directory, file), handwritten).catch((error: unknown) => {
      throw new CliError(exitCodes.usage, `cannot read the policy ${file}: ${reason(error)}`);
    });
    policies[layer] = text;
    await mustBePolicy(file, text);
  }
  return given ? policies : null;
}

/** Told here, where the file has a name: every problem at once, each with its place. */
async function mustBePolicy(file: string, text: string): Promise<void> {
  const { parsePolicy } = await import("#core/policies/parse-policy.ts");
  const parsed = parsePolicy(text);
  if (parsed.kind === "ok") return;
  const problems = parsed.problems.map(
    ({ path, expected }) => `  ${path === "" ? "" : `${clip(path, 200)}: `}expected ${clip(expected, 300)}`,
  );
  throw new CliError(exitCodes.usage, `the policy ${file} cannot be used:\n${problems.join("\n")}`);
}

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
