import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** `pathproof-<owner's pid>-<number>-<role>`: unique, and it can be told whose owner is dead. */
const prefix = "pathproof-";
const own = new Set<string>();
let made = 0;

/** Runs one command of iproute2 or nftables. @throws Error with what it said */
export function run(words: readonly [string, ...string[]], input = ""): string {
  const [program, ...args] = words;
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, encoding: "utf8", timeout: 20_000 });
  if (status === 0) return stdout;
  throw new Error(`${words.join(" ")}: ${error?.message ?? stderr.trim()}${input === "" ? "" : `\n${input}`}`);
}

/** Why no network can be made here, in a clause; null when one can. */
export function whyNoNetwork(): string | null {
  if (process.platform !== "linux") return `${process.platform} has no network namespaces`;
  if (process.getuid?.() !== 0) return "making network namespaces takes root";
  const name = `${prefix}${process.pid}-0-trial`;
  try {
    run(["ip", "netns", "add", name]);
    run(["ip", "netns", "exec", name, "nft", "add table inet trial"]);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    spawnSync("ip", ["netns", "del", name]);
  }
}

/** Whether networks can be made; where not, says so loudly, and fails in CI, where nothing is skipped. */
export function canMakeNetworks(): boolean {
  const why = whyNoNetwork();
  if (why === null) return true;
  if (process.env["CI"]) throw new Error(`no network can be made, and in CI nothing is skipped: ${why}`);
  console.warn(`\nSKIPPED: ${why}; as root, with iproute2 and nftables, these tests run\n`);
  return false;
}

/** A network namespace with its loopback up, gone with this process at the latest. */
export function makeNamespace(role: string): string {
  if (own.size === 0) {
    sweep();
    process.once("exit", removeAll);
  }
  const name = `${prefix}${process.pid}-${++made}-${role}`;
  own.add(name);
  run(["ip", "netns", "add", name]);
  run(["ip", "-n", name, "link", "set", "lo", "up"]);
  return name;
}

/** Ends whatever runs in it and takes it away; what is not there is no mistake. */
export function removeNamespace(name: string): void {
  const { stdout } = spawnSync("ip", ["netns", "pids", name], { encoding: "utf8" });
  for (const pid of (stdout ?? "").split("\n").filter((line) => line !== "")) kill(Number(pid));
  spawnSync("ip", ["netns", "del", name]);
  own.delete(name);
}

const removeAll = (): void => {
  for (const name of own) removeNamespace(name);
};

/** Takes away what test processes left behind that were killed. */
function sweep(): void {
  for (const line of run(["ip", "netns", "list"]).split("\n")) {
    const [, name, pid] = /^(pathproof-(\d+)-\S+)/.exec(line) ?? [];
    if (name !== undefined && pid !== undefined && !isAlive(Number(pid))) removeNamespace(name);
  }
}

function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8") !== "";
  } catch {
    return false;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}
