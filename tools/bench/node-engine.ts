// The Node load engine side by side with others, in turns, against one static server on loopback: closed loop for how many
// requests one thread makes, open loop for what it adds to the times it measures.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import { build } from "esbuild";
import type { Arrival, LoadPlan } from "#core/plan/load-plan.ts";
import { createTally } from "#core/statistics/tally.ts";
import type { TargetRequest } from "#core/targets/target.ts";
import { ms, perSecond } from "#core/units.ts";
import { runNodeEngine } from "#node/engine/run-engine.ts";
import type { Row } from "./signing.ts";

const rounds = Number(process.env["ENGINE_ROUNDS"] ?? 3);
const roundMs = 2500;
const connections = 10;
const warmupMs = 500;
const root = fileURLToPath(new URL("../../../../", import.meta.url));
const body = "hello world";

interface Server {
  readonly name: string;
  readonly port: number;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

const onPath = (name: string): string | null =>
  spawnSync("sh", ["-c", `command -v ${name}`])
    .stdout.toString()
    .trim() || null;

/** nginx where there is one, so that the server is not the slower part; else a server of our own in another process. */
async function startServer(): Promise<Server> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "pathproof-bench-"));
  const nginx = onPath("nginx");
  const child = nginx === null ? startOwn(port) : startNginx(nginx, folder, port);
  for (let tries = 0; tries < 100 && !(await answers(port)); tries += 1)
    await new Promise((done) => setTimeout(done, 50));
  return {
    name: nginx === null ? "a net server of our own" : "nginx",
    port,
    async stop() {
      child.kill("SIGTERM");
      await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );

function startNginx(path: string, folder: string, port: number): ChildProcess {
  for (const name of ["logs", "body", "proxy", "fastcgi", "uwsgi", "scgi"]) mkdirSync(join(folder, name));
  const places = ["proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join(" ");
  writeFileSync(
    join(folder, "nginx.conf"),
    `worker_processes 1; daemon off; pid ${folder}/nginx.pid; error_log ${folder}/logs/error.log;
events { worker_connections 2048; }
http { access_log off; keepalive_requests 1000000000; keepalive_time 1h; client_body_temp_path ${folder}/body; ${places}
server { listen 127.0.0.1:${port} backlog=4096; location / { return 200 "${body}"; } } }`,
  );
  return spawn(path, ["-c", join(folder, "nginx.conf"), "-p", folder, "-e", "stderr"], { stdio: "ignore" });
}

function startOwn(port: number): ChildProcess {
  const reply = `HTTP/1.1 200 OK\\r\\nContent-Length: ${body.length}\\r\\n\\r\\n${body}`;
  const code = `require("node:net").createServer((socket) => { socket.setNoDelay(true); socket.on("error", () => {});
    socket.on("data", (chunk) => { if (chunk.includes("\\r\\n\\r\\n")) socket.write("${reply}"); }); }).listen(${port}, "127.0.0.1");`;
  return spawn(process.execPath, ["-e", code], { stdio: "ignore" });
}

const bundleEngine = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [resolve(root, "src/node/engine/thread/main.ts")],
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20.12",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
};

interface Kind {
  readonly signed: boolean;
  readonly threads: number;
  /** How many requests that differ. */
  readonly requests: number;
}

const request = (n: number): TargetRequest => ({
  name: "main",
  method: "GET",
  path: `/orders/${n}`,
  headers: {},
  body: null,
  expect: { statuses: [200], body: null, headers: {} },
});

const planOf = (port: number, arrival: Arrival, { signed, requests }: Kind): LoadPlan => ({
  schema: "pathproof.load-plan/1",
  load: "bench",
  scenario: "steady",
  arrival,
  durationMs: ms(roundMs),
  warmupMs: ms(warmupMs),
  targets: [
    {
      id: "only",
      kind: "http",
      origin: `http://127.0.0.1:${port}`,
      hostHeader: `127.0.0.1:${port}`,
      protocol: "http/1.1",
      auth: signed ? "iam" : "none",
      signing: signed ? { service: "execute-api", region: "eu-west-1", payload: "signed" } : null,
      requests: Array.from({ length: requests }, (_, n) => request(n)),
      timeoutMs: ms(5000),
      functionErrors: false,
      addresses: ["127.0.0.1"],
      connection: { requestsMax: null, ageMsMax: null },
    },
  ],
});

const credentials = {
  accessKeyId: "ASIAEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  sessionToken: "IQoJb3JpZ2luX2VjEXAMPLE".repeat(20),
};

/** A run of the engine with all that `pathproof run` counts. */
async function runOurs(program: string, port: number, arrival: Arrival, kind: Kind) {
  const plan = planOf(port, arrival, kind);
  const tally = createTally(plan);
  const outcome = await runNodeEngine({
    program,
    plan,
    threads: kind.threads,
    credentials: kind.signed ? async () => ({ kind: "ok", credentials }) : null,
    caPem: null,
    signal: new AbortController().signal,
    sink: {
      sample: (sample) => tally.add(sample),
      ended: (end) => tally.end(end),
      dropped: () => {},
      warning: (line) => console.error(line),
    },
  });
  const [own] = tally.targets;
  if (outcome.kind !== "finished" || own === undefined) throw new Error(JSON.stringify(outcome));
  if (own.counts.failed > 0) throw new Error(`failures: ${JSON.stringify([...own.failures])}`);
  return own;
}

const closedLoop: Arrival = { kind: "closed", connections };

/** Requests a second, each contender as it is asked. */
function contenders(program: string, port: number): Readonly<Record<string, () => Promise<number>>> {
  const url = `http://127.0.0.1:${port}/orders/0`;
  const ours = (kind: Kind) => async () =>
    ((await runOurs(program, port, closedLoop, kind)).counts.requests / roundMs) * 1000;
  const wrk = onPath("wrk");
  const oha = onPath("oha");
  const seconds = (warmupMs + roundMs) / 1000;
  return {
    "one thread": ours({ signed: false, threads: 1, requests: 1 }),
    "one thread, signed": ours({ signed: true, threads: 1, requests: 1 }),
    "one thread, signed, 10,000 requests that differ": ours({ signed: true, threads: 1, requests: 10_000 }),
    "one thread, unsigned, 10,000 requests that differ": ours({ signed: false, threads: 1, requests: 10_000 }),
    "two threads": ours({ signed: false, threads: 2, requests: 1 }),
    "autocannon 8": async () =>
      (await autocannon({ url, connections, duration: Math.round(seconds) })).requests.average,
    ...(wrk === null
      ? {}
      : {
          "wrk, one thread": () =>
            told(wrk, ["-t1", `-c${connections}`, `-d${Math.round(seconds)}`, url], /Requests\/sec:\s+([\d.]+)/),
        }),
    ...(oha === null
      ? {}
      : {
          oha: () =>
            told(oha, ["--no-tui", "-c", String(connections), "-z", `${seconds}s`, url], /Requests\/sec:\s+([\d.]+)/),
        }),
  };
}

async function told(path: string, args: readonly string[], pattern: RegExp): Promise<number> {
  const child = spawn(path, args, { stdio: ["ignore", "pipe", "ignore"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await once(child, "close");
  return Number(pattern.exec(text)?.[1] ?? Number.NaN);
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function benchClosed(program: string, server: Server): Promise<readonly Row[]> {
  const all = Object.entries(contenders(program, server.port));
  const rates = new Map<string, number[]>(all.map(([name]) => [name, []]));
  // In turns, so that a disturbance of the machine meets all of them.
  for (let round = 0; round < rounds; round += 1) for (const [name, run] of all) rates.get(name)?.push(await run());
  const rate = (name: string): number => median(rates.get(name) ?? []);
  const over = (a: string, b: string): Row => ({ name: `${a} ÷ ${b}`, value: rate(a) / rate(b), unit: "×", note: "" });
  const note = `closed loop, ${connections} connections, ${server.name}`;
  return [
    ...all.map(([name]) => ({ name, value: rate(name), unit: "requests/s", note })),
    ...all.filter(([name]) => /autocannon|wrk|oha/.test(name)).map(([name]) => over("one thread", name)),
    over("one thread, signed", "one thread"),
    over("one thread, signed, 10,000 requests that differ", "one thread, unsigned, 10,000 requests that differ"),
    over("two threads", "one thread"),
  ];
}

async function benchOpen(program: string, server: Server, rate: number): Promise<readonly Row[]> {
  const seen: { p50: number; p99: number; late50: number; late99: number; cpu: number }[] = [];
  const theirs: { p50: number; p99: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const cpu = process.cpuUsage();
    const kind = { signed: false, threads: 1, requests: 1 };
    const { times, counts } = await runOurs(program, server.port, { kind: "open", rate: perSecond(rate) }, kind);
    const used = process.cpuUsage(cpu);
    if (counts.requests !== (rate * roundMs) / 1000) throw new Error(`${counts.requests} requests at ${rate}/s`);
    const us = (histogram: typeof times.service, q: number): number => (histogram.quantile(q) ?? Number.NaN) * 1000;
    seen.push({
      p50: us(times.service, 0.5),
      p99: us(times.service, 0.99),
      late50: us(times.late, 0.5),
      late99: us(times.late, 0.99),
      cpu: (used.user + used.system) / 1000 / (warmupMs + roundMs),
    });
    const vegeta = onPath("vegeta");
    if (vegeta !== null) theirs.push(await runVegeta(vegeta, server.port, rate));
  }
  const at = `open loop at ${rate.toLocaleString("en-US")}/s`;
  const row = (name: string, values: readonly number[], unit: string): Row => ({
    name: `${at}: ${name}`,
    value: median(values),
    unit,
    note: `${server.name}, tally on`,
  });
  return [
    row(
      "service p50",
      seen.map(({ p50 }) => p50),
      "µs",
    ),
    row(
      "service p99",
      seen.map(({ p99 }) => p99),
      "µs",
    ),
    row(
      "lateness p50",
      seen.map(({ late50 }) => late50),
      "µs",
    ),
    row(
      "lateness p99",
      seen.map(({ late99 }) => late99),
      "µs",
    ),
    row(
      "CPU, start and tally included",
      seen.map(({ cpu }) => cpu),
      "cores",
    ),
    ...(theirs.length === 0
      ? []
      : [
          row(
            "vegeta's p50",
            theirs.map(({ p50 }) => p50),
            "µs",
          ),
          row(
            "vegeta's p99",
            theirs.map(({ p99 }) => p99),
            "µs",
          ),
        ]),
  ];
}

async function runVegeta(path: string, port: number, rate: number): Promise<{ p50: number; p99: number }> {
  const words = `echo "GET http://127.0.0.1:${port}/orders/0" | ${path} attack -rate ${rate} -duration ${roundMs}ms | ${path} report -type json`;
  const child = spawn("sh", ["-c", words], { stdio: ["ignore", "pipe", "ignore"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await once(child, "close");
  const { latencies } = JSON.parse(text);
  return { p50: latencies["50th"] / 1000, p99: latencies["99th"] / 1000 };
}

/** How much more memory four million samples take than half a million did. */
async function benchMemory(program: string, server: Server): Promise<readonly Row[]> {
  const plan = {
    ...planOf(server.port, closedLoop, { signed: false, threads: 1, requests: 1 }),
    durationMs: ms(20_000),
  };
  const tally = createTally(plan);
  const rss: number[] = [];
  const timer = setInterval(() => rss.push(process.memoryUsage().rss / 1_048_576), 1000);
  await runNodeEngine({
    program,
    plan,
    credentials: null,
    caPem: null,
    signal: new AbortController().signal,
    sink: {
      sample: (sample) => tally.add(sample),
      ended: (end) => tally.end(end),
      dropped: () => {},
      warning: () => {},
    },
  });
  clearInterval(timer);
  const note = `${tally.targets[0]?.counts.requests.toLocaleString("en-US")} requests in 20 s, one process`;
  return [
    { name: "resident memory, seconds 5 to 9", value: median(rss.slice(4, 9)), unit: "MiB", note },
    { name: "resident memory, the last 5 seconds", value: median(rss.slice(-5)), unit: "MiB", note },
  ];
}

export async function bench(): Promise<readonly Row[]> {
  const program = await bundleEngine();
  const server = await startServer();
  try {
    return [
      ...(await benchClosed(program, server)),
      ...(await benchOpen(program, server, 2000)),
      ...(await benchOpen(program, server, 10_000)),
      ...(await benchMemory(program, server)),
    ];
  } finally {
    await server.stop();
  }
}
