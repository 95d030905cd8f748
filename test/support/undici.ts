import { copyFile, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { cacheFolder } from "#node/load/k6-binary/cache.ts";
import { fetchBy, provided } from "./provided.ts";
import { findTool } from "./tools.ts";

const version = "7.30.0";

/** A folder with undici in its `node_modules`, installed the first time; null where it cannot be had, which is said. */
export const undiciFolder = (): Promise<string | null> =>
  provided({
    name: `undici ${version}`,
    path: join(cacheFolder(process.env), `undici-v${version}`),
    async make(at) {
      const npm = findTool("npm");
      if (npm === null) return "there is no npm";
      await mkdir(at, { recursive: true });
      for (const name of ["package.json", "package-lock.json"])
        await copyFile(resolve("tools/undici", name), join(at, name));
      // It needs a later Node.js than pathproof itself.
      return fetchBy(npm, ["ci", "--prefix", at, "--engine-strict", "--ignore-scripts", "--no-audit", "--no-fund"]);
    },
  });
