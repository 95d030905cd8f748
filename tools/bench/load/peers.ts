// Other load generators, found or made in versions that are pinned, and what they say of a run.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { createHistogram } from "#core/statistics/histogram.ts";
import { ms } from "#core/units.ts";
import { cacheFolder } from "#node/load/k6-binary/cache.ts";
import { provideK6 } from "#node/load/k6-binary/provide-k6.ts";
import { onPath } from "./server.ts";

interface Peer {
  readonly name: string;
  readonly version: string;
  /** Where it is once it is made, below a folder of its own. */
  readonly program: string;
  readonly make: (folder: string) => readonly [command: string, ...words: string[]];
}

const made: readonly Peer[] = [
  {
    name: "oha",
    version: "1.16.0",
    program: "bin/oha",
    make: (folder) => ["cargo", "install", "oha", "--version", "1.16.0", "--locked", "--root", folder],
  },
  {
    name: "vegeta",
    version: "12.13.0",
    program: "vegeta",
    make: (folder) => ["env", `GOBIN=${folder}`, "go", "install", "github.com/tsenart/vegeta/v12@v12.13.0"],
  },
];

/** Where the peers are that were found; by name. Those that were not are told of, loudly. */
export async function findPeers(wanted: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const mayMake = process.argv.includes("--install-peers");
  for (const name of wanted) {
    const path = name === "k6" ? await findK6() : findOther(name, mayMake);
    if (path !== null) found.set(name, path);
    else console.error(`bench: LEFT OUT: ${name} is not here${hintFor(name)}`);
  }
  return found;
}

async function findK6(): Promise<string | null> {
  const k6 = await provideK6({ env: process.env, onProgress: (line) => console.error(`bench: ${line}`) });
  return k6.kind === "ok" ? k6.path : null;
}

const hintFor = (name: string): string =>
  made.some((peer) => peer.name === name) ? "; --install-peers makes it, in the cache" : `; apt-get install ${name}`;

function findOther(name: string, mayMake: boolean): string | null {
  const peer = made.find((one) => one.name === name);
  if (peer === undefined) return onPath(name);
  const folder = join(cacheFolder(process.env), "peers", `${peer.name}-${peer.version}`);
  const path = join(folder, peer.program);
  if (!existsSync(path) && mayMake) {
    mkdirSync(folder, { recursive: true });
    const [command, ...words] = peer.make(folder);
    console.error(`bench: making ${name} ${peer.version}: ${command} ${words.join(" ")}`);
    spawnSync(command, words, { stdio: ["ignore", "inherit", "inherit"] });
  }
  return existsSync(path) ? path : null;
}

/** Runs it to its end. @returns its standard output */
export async function output(path: string, words: readonly string[]): Promise<string> {
  const child = spawn(path, words, { stdio: ["ignore", "pipe", "ignore"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await once(child, "close");
  return text;
}

export interface ClosedLoop {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
}

/** Requests a second of a closed loop, by each peer that is here. */
export function closedLoops(
  peers: ReadonlyMap<string, string>,
  { url, connections, seconds }: ClosedLoop,
): Readonly<Record<string, () => Promise<number>>> {
  const told = async (path: string, words: readonly string[], pattern: RegExp): Promise<number> =>
    Number(pattern.exec(await output(path, words))?.[1] ?? Number.NaN);
  const [wrk, oha, k6] = ["wrk", "oha", "k6"].map((name) => peers.get(name));
  const rate = /Requests\/sec:\s+([\d.]+)/;
  return {
    "autocannon 8": async () => (await autocannon({ url, connections, duration: seconds })).requests.average,
    ...(wrk && { wrk: () => told(wrk, ["-t1", `-c${connections}`, `-d${seconds}`, url], rate) }),
    ...(oha && { oha: () => told(oha, ["--no-tui", "-c", String(connections), "-z", `${seconds}s`, url], rate) }),
    ...(k6 && {
      k6: async () => {
        const scenario = { executor: "constant-vus", vus: connections, duration: `${seconds}s` };
        return (await runK6(k6, url, scenario)).requests / seconds;
      },
    }),
  };
}

/** Service times in milliseconds, by a peer's own definition. */
export interface Times {
  readonly p50: number;
  readonly p99: number;
}

/**
 * At a rate. All of these are service times: none counts from when a request was due. k6: `http_req_duration`, without
 * connecting. vegeta: from the moment a worker turns to the request, connecting included. autocannon: from written to read,
 * its correction for what was never sent turned off.
 */
export function openLoops(
  peers: ReadonlyMap<string, string>,
  { url, perSecond, seconds }: { readonly url: string; readonly perSecond: number; readonly seconds: number },
): Readonly<Record<string, () => Promise<Times>>> {
  const [vegeta, k6] = ["vegeta", "k6"].map((name) => peers.get(name));
  return {
    ...(vegeta && { vegeta: () => runVegeta(vegeta, url, perSecond, seconds) }),
    ...(k6 && {
      k6: async () => {
        const scenario = {
          executor: "constant-arrival-rate",
          rate: perSecond,
          duration: `${seconds}s`,
          preAllocatedVUs: 100,
          maxVUs: 400,
        };
        const { p50, p99 } = await runK6(k6, url, scenario);
        return { p50, p99 };
      },
    }),
    "autocannon 8": () => runAutocannon(url, perSecond, seconds),
  };
}

async function runVegeta(path: string, url: string, perSecond: number, seconds: number): Promise<Times> {
  const words = `echo "GET ${url}" | "${path}" attack -rate ${perSecond} -duration ${seconds}s | "${path}" report -type json`;
  const { latencies } = JSON.parse(await output("sh", ["-c", words]));
  return { p50: latencies["50th"] / 1e6, p99: latencies["99th"] / 1e6 };
}

async function runAutocannon(url: string, perSecond: number, seconds: number): Promise<Times> {
  const histogram = createHistogram();
  await new Promise<void>((done, fail) => {
    const options = {
      url,
      connections: 10,
      overallRate: perSecond,
      duration: seconds,
      ignoreCoordinatedOmission: true,
    };
    const instance = autocannon(options, (error) => (error ? fail(error) : done()));
    // Its own report has whole milliseconds only.
    instance.on("response", (_client, _status, _bytes, tookMs) => histogram.record(ms(tookMs)));
  });
  return { p50: histogram.quantile(0.5) ?? Number.NaN, p99: histogram.quantile(0.99) ?? Number.NaN };
}

/** The least that k6 can do: one request in an iteration, bodies discarded, no thresholds, its own summary. */
async function runK6(path: string, url: string, scenario: object): Promise<Times & { readonly requests: number }> {
  const folder = mkdtempSync(join(tmpdir(), "pathproof-bench-k6-"));
  const options = {
    scenarios: { bench: scenario },
    discardResponseBodies: true,
    summaryTrendStats: ["p(50)", "p(99)"],
  };
  writeFileSync(
    join(folder, "script.js"),
    `import http from "k6/http";
export const options = ${JSON.stringify(options)};
export default function () { http.get(${JSON.stringify(url)}); }
export const handleSummary = ({ metrics }) => ({ stdout: JSON.stringify({ requests: metrics.http_reqs.values.count,
  p50: metrics.http_req_duration.values["p(50)"], p99: metrics.http_req_duration.values["p(99)"] }) });`,
  );
  try {
    const words = ["run", "--quiet", "--no-usage-report", "--address=", join(folder, "script.js")];
    return JSON.parse(await output(path, words));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
