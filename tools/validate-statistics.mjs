// `npm run validate-statistics [-- --repeats N --seed N --methods]`: the file beside this one, bundled and run.
import { mkdir } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const out = fileURLToPath(new URL("../node_modules/.cache/pathproof/validate-statistics.mjs", import.meta.url));
await mkdir(fileURLToPath(new URL("../node_modules/.cache/pathproof/", import.meta.url)), { recursive: true });
await build({
  entryPoints: [fileURLToPath(new URL("validate-statistics.ts", import.meta.url))],
  outfile: out,
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node20.12",
  logLevel: "warning",
});
await import(pathToFileURL(out).href);
