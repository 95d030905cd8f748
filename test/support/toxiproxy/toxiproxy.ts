import { spawn } from "node:child_process";
import { join } from "node:path";
import { cacheFolder } from "#node/load/k6-binary/cache.ts";
import { goProgram } from "../go-program.ts";
import { freePort, serve } from "../servers.ts";
import type { Toxic } from "./toxic.ts";

const version = "2.5.0";

/** The server's path, built the first time; null where it cannot be, which is said. */
export const toxiproxyProgram = (): Promise<string | null> =>
  goProgram({
    name: `toxiproxy v${version}`,
    path: join(cacheFolder(process.env), `toxiproxy-v${version}-${process.platform}-${process.arch}`),
    pins: "tools/toxiproxy",
    program: "github.com/Shopify/toxiproxy/v2/cmd/server",
  });

/** `address:port` both. */
export interface Proxied {
  readonly listen: string;
  readonly upstream: string;
}

export interface Toxiproxy {
  /** Passes on, untouched, until toxics are added under that name. */
  proxy(name: string, ends: Proxied): Promise<void>;
  /** From now on, on connections that are open as well. */
  add(name: string, toxic: Toxic): Promise<void>;
  stop(): Promise<void>;
}

/** @param program its server */
export async function startToxiproxy(program: string): Promise<Toxiproxy> {
  const port = await freePort();
  const child = spawn(program, ["-host", "127.0.0.1", "-port", String(port)], { stdio: ["ignore", "ignore", "pipe"] });
  const { stop } = await serve(child, port);
  const post = async (path: string, body: object): Promise<void> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: "POST",
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) throw new Error(`toxiproxy answered ${answer.status} to ${path}: ${await answer.text()}`);
  };
  return {
    proxy: (name, ends) => post("/proxies", { name, ...ends, enabled: true }),
    add: (name, { type, stream, attributes }) =>
      post(`/proxies/${name}/toxics`, { name: `${type}-${stream}`, type, stream, attributes }),
    stop,
  };
}
