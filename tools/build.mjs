// Builds the one file that is the program: `node tools/build.mjs`.
import { chmod, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("..", import.meta.url);
const at = (path) => fileURLToPath(new URL(path, root));
const { version } = JSON.parse(await readFile(at("package.json"), "utf8"));

await build({
  entryPoints: [at("src/node/cli/main.ts")],
  outfile: at("dist/pathproof.mjs"),
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.12",
  sourcemap: "linked",
  // Names stay readable in the rare stack trace; the size is in dependencies, which are parsed lazily.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "linked",
  define: { __PATHPROOF_VERSION__: JSON.stringify(version) },
  banner: {
    // Some dependencies are CommonJS and require node's own modules.
    js: '#!/usr/bin/env node\nimport { createRequire as pathproofRequire } from "node:module";\nconst require = pathproofRequire(import.meta.url);',
  },
  logLevel: "warning",
});
await chmod(at("dist/pathproof.mjs"), 0o755);
