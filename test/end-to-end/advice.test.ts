import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunReport } from "#core/reporters/run-report.ts";
import type { App } from "#node/lab/wire.ts";
import { runCli } from "../support/cli.ts";
import { authorityPem, withFront } from "../support/front.ts";
import { credentials, makeApp } from "../support/lab-app.ts";
import { runProgram } from "../support/run-program.ts";
import { findPython, findTool } from "../support/tools.ts";

// What is advised is measured first and then used as it is printed: by Node, the AWS SDK, boto3 and Go, against a front that
// forgets idle connections. Each client asks with its own settings too: those must fail, or the test would show nothing.

const idleMs = 1500;
const silenceMs = 2200;
const host = "localhost";
const harnesses = resolve(import.meta.dirname, "clients");
// Inside the repository, so that the SDK is found.
const cache = resolve(import.meta.dirname, "../../node_modules/.cache/pathproof");
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, "advice-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, "ca.pem"), authorityPem);

const keys = {
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: credentials.sessionToken,
  AWS_EC2_METADATA_DISABLED: "true",
};

/** The lab's Lambda on a front of its own; notes how many requests each connection had served before. */
const forgetful = (
  idleEnd: "rst-on-next-byte" | "silent",
  use: (origin: string, before: number[]) => Promise<void>,
) => {
  const before: number[] = [];
  const lambda = makeApp("orders-direct");
  const app: App = (request) => {
    before.push(request.requestsBefore);
    return lambda(request);
  };
  const options = { hostname: host, scheme: "https", manners: { idleMs, idleEnd }, app } as const;
  return withFront(options, ({ port }) => use(`https://${host}:${port}`, before));
};

const snippets = new Map<string, string>();

beforeAll(async () => {
  await forgetful("rst-on-next-byte", async (origin) => {
    const file = join(folder, "pathproof.yaml");
    writeFileSync(
      file,
      `version: 1
region: eu-west-1
network: { resolve: { ${host}: [127.0.0.1] }, ca: ./ca.pem }
targets:
  orders: { kind: lambda-endpoint, function: "orders:live", endpoint: "${origin}", timeouts: { idle: ${idleMs}ms } }
`,
    );
    const words = ["keepalive", "-c", file, "--json", "--quiet", "--only", "idle", "--out", join(folder, "run")];
    const ended = await runCli([...words, "--max-idle", "2500ms"], { env: keys });
    const report: RunReport = JSON.parse(ended.stdout);
    const [measured] = report.keepalive ?? [];
    expect(measured?.idle).toMatchObject([{ closeKind: "rst-on-next-byte" }]);
    for (const { client, code } of measured?.advice?.snippets ?? []) snippets.set(client, code);
  });
}, 60_000);

interface Client {
  readonly id: string;
  readonly program: string | null;
  readonly args: readonly string[];
  readonly files: readonly string[];
  readonly snippet: string;
}

/** Both ways at the same time: the failures as this client words them, and whether connections were reused. */
async function asked(client: Client, idleEnd: "rst-on-next-byte" | "silent") {
  const place = join(folder, client.id);
  mkdirSync(join(place, "client"), { recursive: true });
  for (const name of client.files) copyFileSync(join(harnesses, name), join(place, name));
  writeFileSync(join(place, client.snippet), snippets.get(client.id) ?? "");
  if (client.id === "go") writeFileSync(join(place, "go.mod"), "module asking\n\ngo 1.19\n");
  const program = client.id === "go" ? await built(client.program ?? "", place) : (client.program ?? "");
  const run = async (advised: "yes" | "no") => {
    let outcome: { readonly failures: readonly string[]; readonly reused: number } = { failures: [], reused: 0 };
    await forgetful(idleEnd, async (origin, before) => {
      const env = {
        ...keys,
        ORIGIN: origin,
        ADVISED: advised,
        SILENCE_MS: String(silenceMs),
        CA_FILE: join(folder, "ca.pem"),
        NODE_EXTRA_CA_CERTS: join(folder, "ca.pem"),
      };
      const args = client.args.map((arg) => join(place, arg));
      const ended = await runProgram(program, args, "", env);
      if (ended.code !== 0) throw new Error(`${client.id} ended with ${ended.code}: ${ended.stderr}`);
      outcome = { failures: JSON.parse(ended.stdout), reused: before.filter((count) => count > 0).length };
    });
    return outcome;
  };
  const [without, advised] = await Promise.all([run("no"), run("yes")]);
  return { without, advised };
}

/** The first time Go compiles its own library, which takes a minute on a slow machine. */
async function built(go: string, place: string): Promise<string> {
  const binary = join(place, "asking");
  const env = { ...process.env, GOCACHE: join(cache, "go"), GOTOOLCHAIN: "local" };
  await promisify(execFile)(go, ["build", "-o", binary, "."], { cwd: place, env, timeout: 240_000 });
  return binary;
}

const node = process.execPath;
const clients: readonly Client[] = [
  { id: "node", program: node, args: ["node.mjs"], files: ["node.mjs", "asking.mjs"], snippet: "snippet.mjs" },
  { id: "sdk-js", program: node, args: ["sdk.mjs"], files: ["sdk.mjs", "asking.mjs"], snippet: "snippet.mjs" },
  { id: "boto3", program: findPython("boto3"), args: ["ask.py"], files: ["ask.py"], snippet: "snippet.py" },
  { id: "go", program: findTool("go"), args: [], files: ["main.go"], snippet: "client/client.go" },
];

describe.each(clients)("$id", (client) => {
  test.skipIf(client.program === null)(
    "fails on stale connections with its own settings, and not with those advised",
    async () => {
      const { without, advised } = await asked(client, "rst-on-next-byte");
      expect(without.failures.length).toBeGreaterThan(0);
      expect(advised.failures).toEqual([]);
      // Not by keeping nothing.
      expect(advised.reused).toBeGreaterThanOrEqual(3);
    },
    300_000,
  );
});
