// `npm run bench [name…]`: every file beside this one that exports `bench(): Promise<Row[]>` is bundled, run and printed.
import { mkdir, readdir, rm } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const asked = process.argv.slice(2).filter((word) => !word.startsWith("-"));
const asJson = process.argv.includes("--json");
// Inside the repository, so that packages left outside the bundles are found.
const out = fileURLToPath(new URL("../../node_modules/.cache/pathproof/bench/", import.meta.url));

const names = (await readdir(here))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replace(/\.ts$/, ""))
  .filter((name) => asked.length === 0 || asked.includes(name));
if (names.length === 0) {
  console.error(`bench: nothing is called ${asked.join(", ")}`);
  process.exit(2);
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  entryPoints: names.map((name) => join(here, `${name}.ts`)),
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node20.12",
  logLevel: "warning",
});

if (!asJson)
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}. Ratios travel between machines, absolute figures do not.\n`,
  );
const all = {};
for (const name of names) {
  const { bench } = await import(pathToFileURL(join(out, `${name}.mjs`)).href);
  if (typeof bench !== "function") continue;
  const rows = await bench();
  all[name] = rows;
  if (asJson) continue;
  console.log(`## ${name}`);
  for (const row of rows)
    console.log(
      `  ${row.name.padEnd(58)} ${show(row.value).padStart(10)} ${row.unit}${row.note ? `   ${row.note}` : ""}`,
    );
  console.log("");
}
if (asJson) console.log(JSON.stringify(all, null, 2));

function show(value) {
  if (value >= 1000) return Math.round(value).toLocaleString("en-US");
  return String(Number(value.toPrecision(3)));
}
