// What signing costs inside k6: requests a second and service time in a closed loop against a static server on loopback,
// unsigned, signed by our core, and signed in the ways that others do it. In turns, in one run, since only ratios travel.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { connect, createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import type { LoadPlan } from "#core/plan/load-plan.ts";
import { ms } from "#core/units.ts";
import { provideK6 } from "#node/load/k6-binary/provide-k6.ts";
import type { Row } from "./signing.ts";

const rounds = 5;
const roundMs = 3000;
const connections = 10;

interface Contender {
  readonly name: string;
  /** `k6/<scenario>.ts`. */
  readonly scenario: string;
  readonly auth: "iam" | "none";
  readonly note: string;
}

const contenders: readonly Contender[] = [
  { name: "repeating, unsigned", scenario: "repeating", auth: "none", note: "" },
  { name: "repeating, signed", scenario: "repeating", auth: "iam", note: "send(): signature kept for its second" },
  {
    name: "repeating, key derived",
    scenario: "deriving",
    auth: "iam",
    note: "the key derived for every request, as k6-jslib-aws does; with our core",
  },
  {
    name: "repeating, reference",
    scenario: "reference",
    auth: "iam",
    note: "@aws-sdk/signature-v4 with @aws-crypto/sha256-js",
  },
  { name: "different, unsigned", scenario: "different", auth: "none", note: "" },
  { name: "different, signed", scenario: "different", auth: "iam", note: "send(): key kept" },
];

interface Outcome {
  readonly perSecond: number;
  readonly failed: number;
  readonly p50Ms: number;
  readonly exceptions: number;
}

export async function bench(): Promise<readonly Row[]> {
  const k6 = await provideK6({ env: process.env });
  if (k6.kind === "missing") {
    console.error(`k6-signing: left out. ${k6.message}`);
    return [];
  }
  const folder = await mkdtemp(join(tmpdir(), "pathproof-bench-"));
  const server = await startServer(folder);
  try {
    await bundle(folder);
    const seen = new Map<string, Outcome[]>(contenders.map(({ name }) => [name, []]));
    // The first round warms up and does not count.
    for (let round = 0; round <= rounds; round += 1) {
      for (const contender of contenders) {
        const outcome = await run(k6.path, folder, contender, server.port);
        if (outcome.failed > 0 || outcome.exceptions > 0)
          throw new Error(
            `${contender.name}: ${outcome.failed} requests failed, ${outcome.exceptions} iterations threw`,
          );
        if (round > 0) seen.get(contender.name)?.push(outcome);
      }
    }
    return rowsOf(seen, server.what);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function rowsOf(seen: ReadonlyMap<string, readonly Outcome[]>, server: string): readonly Row[] {
  const rate = (name: string): number => median((seen.get(name) ?? []).map(({ perSecond }) => perSecond));
  const p50 = (name: string): number => median((seen.get(name) ?? []).map(({ p50Ms }) => p50Ms));
  // Of each round by itself, since what disturbs a machine comes and goes.
  const ratio = (a: string, b: string, of: (outcome: Outcome) => number): number => {
    const others = seen.get(b) ?? [];
    return median((seen.get(a) ?? []).map((one, round) => of(one) / (others[round] ? of(others[round]) : Number.NaN)));
  };
  const row = (name: string, value: number): Row => ({ name, value, unit: "×", note: "" });
  const over = (a: string, b: string): Row =>
    row(
      `${a} ÷ ${b}`,
      ratio(a, b, ({ perSecond }) => perSecond),
    );
  const slower = (a: string, b: string): Row =>
    row(
      `p50 of service: ${a} ÷ ${b}`,
      ratio(a, b, ({ p50Ms }) => p50Ms),
    );
  return [
    ...contenders.map(({ name, note }) => ({
      name,
      value: rate(name),
      unit: "requests/s",
      note: `p50 ${p50(name).toFixed(3)} ms${note === "" ? "" : `; ${note}`}`,
    })),
    over("repeating, signed", "repeating, unsigned"),
    over("different, signed", "different, unsigned"),
    over("repeating, signed", "repeating, key derived"),
    over("repeating, signed", "repeating, reference"),
    slower("repeating, signed", "repeating, unsigned"),
    { ...slower("different, signed", "different, unsigned"), note: `${connections} connections to ${server}` },
  ];
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** From the bundle that the bench runs as, back to the sources. */
const sources = fileURLToPath(new URL("../../../../tools/bench/k6/", import.meta.url));

async function bundle(folder: string): Promise<void> {
  await build({
    entryPoints: [...new Set(contenders.map(({ scenario }) => join(sources, `${scenario}.ts`)))],
    outdir: folder,
    bundle: true,
    format: "esm",
    target: "es2020",
    // AWS's packages bundle for k6 in no other way: their browser field leaves node:crypto out.
    platform: "browser",
    external: ["k6", "k6/*"],
    logLevel: "warning",
  });
}

const run = async (k6: string, folder: string, { scenario, auth }: Contender, port: number): Promise<Outcome> => {
  const plan = join(folder, "plan.json");
  await writeFile(plan, JSON.stringify(planFor(scenario, auth, port)));
  const credentials = ["AWS_ACCESS_KEY_ID=ASIAEXAMPLE", `AWS_SESSION_TOKEN=${"IQoJb3JpZ2luX2VjEXAMPLE".repeat(20)}`];
  const { stdout } = await promisify(execFile)(
    k6,
    [
      ...["run", "--quiet", "--no-color", "--no-usage-report", "--no-thresholds", "--include-system-env-vars=false"],
      ...[
        ...credentials,
        "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        `PATHPROOF_PLAN=${plan}`,
      ].flatMap((variable) => ["-e", variable]),
      join(folder, `${scenario}.js`),
    ],
    { timeout: 60_000, env: { PATH: process.env["PATH"] ?? "", HOME: folder } },
  );
  const outcome: Outcome = JSON.parse(stdout);
  return outcome;
};

const planFor = (scenario: string, auth: "iam" | "none", port: number): LoadPlan => ({
  schema: "pathproof.load-plan/1",
  load: "bench",
  scenario,
  arrival: { kind: "closed", connections },
  durationMs: ms(roundMs),
  warmupMs: ms(0),
  targets: [
    {
      id: "static",
      kind: "http",
      origin: `http://127.0.0.1:${port}`,
      hostHeader: `127.0.0.1:${port}`,
      auth,
      signing: auth === "iam" ? { service: "lambda", region: "eu-west-1", payload: "signed" } : null,
      requests: [
        {
          name: "main",
          method: "POST",
          path: "/2015-03-31/functions/orders/invocations",
          headers: { accept: "*/*", "content-type": "application/json", "x-amz-invocation-type": "RequestResponse" },
          body: `{"padding":"${"x".repeat(200)}"}`,
          expect: { statuses: [200], body: null, headers: {} },
        },
      ],
      timeoutMs: ms(10_000),
      functionErrors: false,
      addresses: ["127.0.0.1"],
      connection: { requestsMax: null, ageMsMax: null },
    },
  ],
});

interface Running {
  readonly port: number;
  readonly what: string;
  stop(): Promise<void>;
}

const nginx = ["/usr/sbin/nginx", "/usr/bin/nginx", "/opt/homebrew/bin/nginx"].find((path) => existsSync(path));

/** nginx where it is installed, since it takes the least from k6's share of the machine; else a server of Node's here. */
async function startServer(folder: string): Promise<Running> {
  const port = await freePort();
  if (nginx === undefined) return startNodeServer(port);
  const file = join(folder, "nginx.conf");
  await writeFile(
    file,
    `worker_processes 1; daemon off; pid ${folder}/pid; error_log ${folder}/errors; events { worker_connections 256; }
http { access_log off; keepalive_requests 1000000000; keepalive_timeout 600s; ${temporary(folder)}
server { listen 127.0.0.1:${port}; location / { default_type text/plain; return 200 "hello there"; } } }`,
  );
  const child = spawn(nginx, ["-c", file, "-p", folder, "-e", "stderr"], { stdio: "ignore" });
  for (let waited = 0; !(await answers(port)); waited += 50) {
    if (waited > 5000 || child.exitCode !== null) throw new Error("nginx did not start");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    what: "nginx",
    async stop() {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

const temporary = (folder: string): string =>
  ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join(" ");

async function startNodeServer(port: number): Promise<Running> {
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    request.resume();
    response.writeHead(200, { "content-length": 11 }).end("hello there");
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port,
    what: "a server in the bench's own process (no nginx here)",
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
