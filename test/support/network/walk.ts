import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunReport } from "#core/reporters/run-report.ts";
import type { NetworkFault } from "./faults.ts";
import type { ConfigOver, Site } from "./site.ts";
import { makeWay } from "./way.ts";

export interface Walked {
  readonly code: number;
  readonly report: RunReport;
  /** The cause of the first check that failed; null where none did. */
  readonly named: string | null;
}

/** Short, but such that a busy machine keeps them. */
export const deadlines = { dns: "2s", connect: "2s", tls: "2s", firstByte: "3s", total: "5s" } as const;

let walks = 0;

/** `check` of one target over a network of its own. */
export async function walk(
  { site, program }: { readonly site: Site; readonly program: string },
  { target, way: spec, byName = false }: Omit<NetworkFault, "cause" | "name">,
  over: Partial<ConfigOver> = {},
): Promise<Walked> {
  const way = makeWay(site.server, spec);
  try {
    const config = site.configFor(`walk-${++walks}`, [target], { deadlines, byName, ...over });
    return await checkFrom(way.client, program, config);
  } finally {
    way.close();
  }
}

/** @param client a namespace */
export const checkFrom = (client: string, program: string, config: string): Promise<Walked> =>
  checkAt(inNamespace(client), program, config);

/** @param run what the program is given to: Node, in whatever surroundings */
export async function checkAt(run: readonly string[], program: string, config: string): Promise<Walked> {
  const folder = mkdtempSync(join(tmpdir(), "pathproof-walk-"));
  const out = join(folder, "run");
  try {
    const { code, stderr } = await runWords([...run, program, "check", "-c", config, "--quiet", "--out", out]);
    const report = readReport(join(out, "report.json"), stderr);
    const failed = report.checks.find(({ verdict }) => verdict === "fail");
    return { code, report, named: failed === undefined ? null : (failed.cause?.code ?? "none") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const inNamespace = (space: string): readonly string[] => ["ip", "netns", "exec", space, process.execPath];

function readReport(file: string, complaints: string): RunReport {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`there is no report: ${complaints}`, { cause: error });
  }
}

/** A program to its end; killed after two minutes. */
export function runWords([program = "", ...args]: readonly string[]): Promise<{
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}> {
  const { PATH = "" } = process.env;
  const env = { PATH, HOME: "/nonexistent", AWS_EC2_METADATA_DISABLED: "true", NO_COLOR: "1" };
  return new Promise((resolve, reject) => {
    const options = { env, timeout: 120_000, killSignal: "SIGKILL" as const, maxBuffer: 64 * 1024 * 1024 };
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve({ code: 0, stdout, stderr });
      if (typeof error.code === "number") return resolve({ code: error.code, stdout, stderr });
      reject(error);
    });
  });
}
