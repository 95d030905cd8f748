import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";
import { builtInLibrary } from "./built-in-scenarios.ts";

/**
 * Lets a scenario import `pathproof/k6` wherever it lies, and the scenarios that come along be copied as they are: these say
 * `#k6/index.ts`, which only this repository can resolve.
 */
export const scenarioLibrary: Plugin = {
  name: "pathproof/k6",
  setup(build) {
    build.onResolve({ filter: /^(?:pathproof\/k6|#k6\/index\.ts)$/ }, () =>
      builtInLibrary === null
        ? { path: fileURLToPath(new URL("../../k6/index.ts", import.meta.url)) }
        : { path: "pathproof/k6", namespace: "pathproof" },
    );
    build.onLoad({ filter: /.*/, namespace: "pathproof" }, () => ({ contents: builtInLibrary ?? "", loader: "js" }));
  },
};
