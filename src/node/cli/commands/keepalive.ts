import type { KeepaliveSettings } from "#core/keepalive/settings.ts";
import { defaultPrincipal } from "#core/targets/access.ts";
import { type Call, type CliCommand, CliError, textOption, wholeOption } from "../command.ts";
import { exitCodes } from "../exit-code.ts";
import { askingPrincipal, principalOption } from "../principal-words.ts";

const parts = {
  idle: "idle-connections-live-as-expected",
  age: "connections-age-as-expected",
  requests: "request-limit-is-announced",
} as const;

export const keepalive: CliCommand = {
  name: "keepalive",
  arguments: [["[target...]", "targets of the config; all of them when none is named"]],
  summary:
    "how long connections may be kept: idle timeout and how it ends, age, requests; and what clients should be set to",
  options: [
    ["--max-idle <duration>", "the longest silence to try (default: a little over what is published, or 400s)"],
    ["--precise", "a second round, to narrow down a timeout whose moment was not seen to 2 %"],
    ["--max-age <duration>", "keep a busy connection for so long, to find its lifetime"],
    ["--max-requests <n>", "how many requests one connection is asked (default 120)"],
    ["--only <parts>", "only these of idle, age, requests"],
    principalOption,
    ["--protocol <protocol>", "http/1.1 or h2, whatever the config says"],
    ["--advice <clients>", "print the settings of these clients too: node, go, boto3 …, or all"],
  ],
  values: async () => ({ "--only": Object.keys(parts), "--protocol": ["http/1.1", "h2"] }),
  examples: [
    "pathproof keepalive --dry-run",
    "pathproof keepalive orders-lattice --max-age 11m",
    "pathproof keepalive orders-direct --precise --advice sdk-js,boto3",
  ],
  async run(call) {
    const { loadConfig, selectTargets } = await import("../load-config.ts");
    const config = await loadConfig(call);
    const only = readParts(call);
    const protocol = readProtocol(call);
    const selected = selectTargets(config.targets, call.words);
    const targets = protocol === null ? selected : selected.map((target) => ({ ...target, protocol }));
    const plain = targets.find((target) => target.protocol === "h2" && target.origin.scheme === "http");
    if (plain !== undefined)
      throw new CliError(
        exitCodes.usage,
        `--protocol: ${plain.id} is http://, and h2 is agreed on in the TLS handshake`,
      );
    const settings = await readSettings(call, only, config.limits.maxRate);
    const { readClients } = await import("../advice-words.ts");
    const clients = await readClients(call);
    const principal = askingPrincipal(config, call, defaultPrincipal);
    const { runKeepalive } = await import("../run-keepalive.ts");
    const without = Object.entries(parts).flatMap(([part, id]) => (only.includes(part) ? [] : [id]));
    return runKeepalive(call, { ...config, targets }, { settings, without, clients, principal });
  },
};

function readParts(call: Call): readonly string[] {
  const said = textOption(call, "only");
  if (said === null) return Object.keys(parts);
  const words = said.split(",").map((word) => word.trim());
  const wrong = words.find((word) => !Object.hasOwn(parts, word));
  if (wrong === undefined) return words;
  throw new CliError(exitCodes.usage, `--only: expected some of ${Object.keys(parts).join(", ")}, got "${wrong}"`);
}

function readProtocol(call: Call): "http/1.1" | "h2" | null {
  const said = textOption(call, "protocol");
  if (said === null || said === "http/1.1" || said === "h2") return said;
  throw new CliError(exitCodes.usage, `--protocol: expected http/1.1 or h2, got "${said}"`);
}

async function readSettings(
  call: Call,
  only: readonly string[],
  maxRate: KeepaliveSettings["maxRate"],
): Promise<KeepaliveSettings> {
  const { defaultSettings } = await import("#core/keepalive/index.ts");
  const maxAgeMs = await readDuration(call, "maxAge", "11m");
  if (maxAgeMs === null && only.length === 1 && only[0] === "age")
    throw new CliError(
      exitCodes.usage,
      "--only age: say with --max-age how old a connection is to be let become, such as 11m",
    );
  return {
    ...defaultSettings,
    maxIdleMs: await readDuration(call, "maxIdle", "400s"),
    maxAgeMs,
    precise: call.options["precise"] === true,
    maxRequests: wholeOption(call, "maxRequests", 1, 99_999) ?? defaultSettings.maxRequests,
    maxRate,
  };
}

async function readDuration(call: Call, name: "maxIdle" | "maxAge", example: string) {
  const said = textOption(call, name);
  if (said === null) return null;
  const { parseDuration } = await import("#core/config/quantity.ts");
  const value = parseDuration(said);
  const flag = name === "maxIdle" ? "--max-idle" : "--max-age";
  if (value !== null && value >= 100 && value <= 24 * 3_600_000) return value;
  throw new CliError(
    exitCodes.usage,
    `${flag}: expected a duration from 100ms to 24h, such as ${example}, got "${said}"`,
  );
}
