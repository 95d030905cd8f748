import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { makeAuthority } from "../certificates.ts";
import { everyPeer, floods, type ListedPeer } from "./every-peer.ts";
import type { Ports, Serving } from "./serve-thread.ts";

export interface ServedPeers {
  /** Every peer as a target, its id for a name, with short deadlines; and what is put in further. */
  config(more: string): string;
  stop(): Promise<void>;
}

/** What is said of a whole step of theirs in `config`. */
export const totalMs = 3000;

/** Made up, as in AWS's documentation: some of the targets are asked with a signature. */
export const madeUpKeys = {
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

/** Every hostile peer on a port of its own; those that flood in a thread apart, lest the others be slow for their sake. */
export async function servePeers(folder: string): Promise<ServedPeers> {
  const authority = await makeAuthority();
  const identity = await authority.issue({ names: ["orders.test"] });
  writeFileSync(join(folder, "ca.pem"), authority.cert);
  const program = await threadProgram();
  const groups = [everyPeer.filter(floods), everyPeer.filter((one) => !floods(one))];
  const threads = groups.map((group) => {
    const workerData: Serving = { identity, ids: group.map(({ id }) => id) };
    return new Worker(program, { workerData });
  });
  const said: Ports[] = await Promise.all(threads.map(async (thread) => (await once(thread, "message"))[0]));
  const ports: Ports = Object.assign({}, ...said);
  const targets = everyPeer.map(
    ({ id, kind, speaks }) =>
      `  ${id}: { kind: ${kind}, ${places[kind](`${speaks === "http" ? "http://127.0.0.1" : "https://orders.test"}:${ports[id]}`)}${speaks === "h2" ? ", protocol: h2" : ""} }\n`,
  );
  return {
    config: (more) => `version: 1
region: eu-west-1
network: { ca: ./ca.pem, resolve: { orders.test: 127.0.0.1 } }
deadlines: { dns: 1s, connect: 2s, tls: 2s, firstByte: 2s, total: ${totalMs}ms }
targets:
${targets.join("")}${more}`,
    async stop() {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

const places: Readonly<Record<ListedPeer["kind"], (origin: string) => string>> = {
  http: (origin) => `url: "${origin}"`,
  lattice: (origin) => `url: "${origin}"`,
  alb: (origin) => `url: "${origin}"`,
  "api-gateway": (origin) => `api: a1b2c3, stage: prod, endpoint: "${origin}"`,
  "lambda-endpoint": (origin) => `function: orders, endpoint: "${origin}"`,
};

async function threadProgram(): Promise<URL> {
  const { outputFiles } = await build({
    entryPoints: [resolve(import.meta.dirname, "serve-thread.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.12",
    write: false,
  });
  return new URL(`data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? "")}`);
}
