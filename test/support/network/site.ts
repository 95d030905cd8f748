import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { labTargets } from "#node/lab/targets.ts";
import { writeLabConfig } from "../lab-config.ts";
import { makeNamespace, removeNamespace, run } from "./namespaces.ts";
import { set } from "./way.ts";

/** A server's namespace: the lab on its loopback, as always, and addresses by which others reach it. */
export interface Site {
  readonly server: string;
  /** Address of a resolver that knows every target's addresses. */
  readonly resolver: string;
  /** The addresses of a lab target as seen from a client, one per zone. */
  addressesOf(target: string): readonly string[];
  /** Writes a config of these targets beside the lab's own, deadlines and resolving as the test wants. */
  configFor(name: string, targets: readonly string[], over: ConfigOver): string;
  stop(): Promise<void>;
}

export interface ConfigOver {
  readonly deadlines: Readonly<Record<string, string>>;
  /** Ask the resolver across the network, instead of pinning addresses. */
  readonly byName: boolean;
  readonly more?: Readonly<Record<string, unknown>>;
}

const resolver = "10.77.0.53";

/** The lab's 127.77.Z.H as another host sees it; Lattice answers from link-local addresses, as it really does. */
function outside(kind: string, address: string): string {
  const [, , zone = "", host = ""] = address.split(".");
  return kind === "lattice" ? `169.254.171.${host}` : `10.77.${zone}.${host}`;
}

const reached = labTargets.map(({ id, kind, hostname, addresses }) => ({
  id,
  hostname,
  addresses: addresses.map((inside) => ({ inside, outside: outside(kind, inside) })),
}));

export async function raiseSite(program: string): Promise<Site> {
  const server = makeNamespace("server");
  const folder = mkdtempSync(join(tmpdir(), "pathproof-site-"));
  const children: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(children.map(end));
    removeNamespace(server);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    openToOthers(server);
    children.push(startResolver(server, folder));
    const lab = spawn("ip", ["netns", "exec", server, process.execPath, program, "lab"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(lab);
    const [line] = await once(createInterface({ input: lab.stdout }), "line", { signal: AbortSignal.timeout(30_000) });
    const { config }: { config: string } = JSON.parse(String(line));
    const addressesOf = (id: string): readonly string[] =>
      reached.find((one) => one.id === id)?.addresses.map((one) => one.outside) ?? [];
    return {
      server,
      resolver,
      addressesOf,
      configFor: (name, targets, over) => writeConfig(config, name, targets, over),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The lab listens on loopback only: whoever comes to an address of a zone is led there by NAT. */
function openToOthers(server: string): void {
  const pairs = reached.flatMap(({ addresses }) => addresses).map((one) => `${one.outside} : ${one.inside}`);
  set(server, "net/ipv4/conf/all/route_localnet=1");
  for (const net of ["10.77.0.0/16", "169.254.171.0/24"])
    run(["ip", "-n", server, "route", "add", "local", net, "dev", "lo"]);
  run(
    ["ip", "netns", "exec", server, "nft", "-f", "-"],
    `table ip site {
  map zones { type ipv4_addr : ipv4_addr; elements = { ${pairs.join(", ")} } }
  chain prerouting { type nat hook prerouting priority dstnat; dnat to ip daddr map @zones; }
}
`,
  );
}

function startResolver(server: string, folder: string): ChildProcess {
  const records = reached.flatMap(({ hostname, addresses }) =>
    addresses.map((one) => `host-record=${hostname},${one.outside}`),
  );
  const lines = [
    "no-daemon",
    "no-resolv",
    "no-hosts",
    "local=/./",
    `listen-address=${resolver}`,
    "bind-interfaces",
    "user=root",
    ...records,
  ];
  writeFileSync(join(folder, "dnsmasq.conf"), `${lines.join("\n")}\n`);
  return spawn("ip", ["netns", "exec", server, "dnsmasq", "-C", join(folder, "dnsmasq.conf")], { stdio: "ignore" });
}

function writeConfig(lab: string, name: string, targets: readonly string[], { byName, ...over }: ConfigOver): string {
  const pins = reached.map(({ hostname, addresses }) => [hostname, addresses.map((one) => one.outside)]);
  const network = byName ? { dns: [resolver] } : { resolve: Object.fromEntries(pins) };
  return writeLabConfig(lab, name, { targets, network, ...over });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const hard = setTimeout(() => child.kill("SIGKILL"), 5000);
  await once(child, "exit");
  clearTimeout(hard);
}

/** Programs of Debian that a site is made of; the first that is missing. */
export const missingPrograms = (): string | null =>
  ["/usr/sbin/dnsmasq", "/usr/sbin/nft"].find((file) => !existsSync(file)) ?? null;
