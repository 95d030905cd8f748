import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll } from "vitest";
import type { RunReport } from "#core/reporters/run-report.ts";
import type { App } from "#node/lab/wire.ts";
import { runCli } from "./cli.ts";
import { authorityPem, withFront } from "./front.ts";
import { credentials, makeApp } from "./lab-app.ts";

// What is advised is measured first and then used as it is printed, against a front that forgets idle connections.

const idleMs = 1500;
/** Longer than the front keeps connections, and than anybody is advised to. */
export const silenceMs = 2200;
export const host = "localhost";
/** Of tests, inside the repository, so that the SDK is found. */
export const cache = resolve(import.meta.dirname, "../../node_modules/.cache/pathproof");

export const keys = {
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: credentials.sessionToken,
  AWS_EC2_METADATA_DISABLED: "true",
};

/** The lab's Lambda on a front of its own; notes how many requests each connection had served before. */
export const forgetful = (use: (port: number, before: number[]) => Promise<void>): Promise<void> => {
  const before: number[] = [];
  const lambda = makeApp("orders-direct");
  const app: App = (request) => {
    before.push(request.requestsBefore);
    return lambda(request);
  };
  const ways = { idleMs, idleEnd: "rst-on-next-byte" } as const;
  return withFront({ hostname: host, scheme: "https", manners: ways, app }, ({ port }) => use(port, before));
};

/** Which failed, as the client words it, and how many went out on a connection that had served before. */
export interface Asked {
  readonly failures: readonly string[];
  readonly reused: number;
}

export const reusedIn = (before: readonly number[]): number => before.filter((count) => count > 0).length;

/** A folder for this file's tests, with `ca.pem` in it. */
export function adviceFolder(): string {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "advice-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "ca.pem"), authorityPem);
  return folder;
}

/** What `keepalive` prints for each client when it has measured such a front. */
export async function measuredSnippets(folder: string): Promise<ReadonlyMap<string, string>> {
  const snippets = new Map<string, string>();
  await forgetful(async (port) => {
    const file = join(folder, "pathproof.yaml");
    writeFileSync(
      file,
      `version: 1
region: eu-west-1
network: { resolve: { ${host}: [127.0.0.1] }, ca: ./ca.pem }
targets:
  orders: { kind: lambda-endpoint, function: "orders:live", endpoint: "https://${host}:${port}", timeouts: { idle: ${idleMs}ms } }
`,
    );
    const words = ["keepalive", "-c", file, "--json", "--quiet", "--only", "idle", "--out", join(folder, "run")];
    const ended = await runCli([...words, "--max-idle", "2500ms"], { env: keys });
    const report: RunReport = JSON.parse(ended.stdout);
    const [measured] = report.keepalive ?? [];
    if (measured?.idle[0]?.closeKind !== "rst-on-next-byte") throw new Error(`not measured: ${ended.stdout}`);
    for (const { client, code } of measured.advice?.snippets ?? []) snippets.set(client, code);
  });
  return snippets;
}
