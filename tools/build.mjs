// Builds the one file that is the program, and the scenarios for k6: `node tools/build.mjs`.
import { appendFile, chmod, readdir, readFile, rm } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { lazyBuiltins } from "./lazy-builtins.mjs";
import { lazyPackages } from "./lazy-packages.mjs";

const root = new URL("..", import.meta.url);
const at = (path) => fileURLToPath(new URL(path, root));
const { version } = JSON.parse(await readFile(at("package.json"), "utf8"));

const text = (path) => readFile(at(path), "utf8").then(JSON.stringify);

// Each by itself: `k6 run dist/k6/steady.js` works without pathproof, and pathproof brings all of them with it.
const forK6 = {
  bundle: true,
  format: "esm",
  target: "es2020",
  platform: "browser",
  external: ["k6", "k6/*"],
  charset: "utf8",
  logLevel: "warning",
};
const scenarioFiles = (await readdir(at("scenarios"))).filter((file) => file.endsWith(".ts"));
await rm(at("dist/k6"), { recursive: true, force: true });
const bundles = await build({
  ...forK6,
  entryPoints: scenarioFiles.map((file) => at(`scenarios/${file}`)),
  outdir: at("dist/k6"),
  metafile: true,
});
const scenarios = {};
for (const output of Object.keys(bundles.metafile.outputs))
  scenarios[basename(output, ".js")] = await readFile(output, "utf8");
const library = await build({ ...forK6, entryPoints: [at("src/k6/index.ts")], write: false });

// Worker threads are started from text: the program is one file, and must not be loaded whole by each of them.
const engine = await build({
  entryPoints: [at("src/node/engine/thread/main.ts")],
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20.12",
  minifyWhitespace: true,
  minifySyntax: true,
  write: false,
});

// The large ones that many commands never use. Start-up to `--help` beyond bare node: over a third less (npm run bench start-up).
const notices = [];
const asText = lazyPackages(
  {
    "@aws-sdk/credential-providers": ["fromIni", "fromNodeProviderChain", "fromTemporaryCredentials"],
    "@peculiar/x509": [
      "AuthorityKeyIdentifierExtension",
      "BasicConstraintsExtension",
      "ExtendedKeyUsage",
      "ExtendedKeyUsageExtension",
      "KeyUsageFlags",
      "KeyUsagesExtension",
      "SubjectAlternativeNameExtension",
      "SubjectKeyIdentifierExtension",
      "X509CertificateGenerator",
    ],
    acorn: ["parse"],
    yaml: [
      "isAlias",
      "isMap",
      "isNode",
      "isPair",
      "isScalar",
      "isSeq",
      "LineCounter",
      "parseAllDocuments",
      "stringify",
      "visit",
    ],
  },
  notices,
);

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
  // Only for scenarios of the user's own; a program of its own language, so it cannot be in the bundle.
  external: ["esbuild"],
  plugins: [lazyBuiltins, asText],
  define: {
    __PATHPROOF_VERSION__: JSON.stringify(version),
    __PATHPROOF_K6_GO_MOD__: await text("tools/k6/go.mod"),
    __PATHPROOF_K6_GO_SUM__: await text("tools/k6/go.sum"),
    __PATHPROOF_ENGINE__: JSON.stringify(engine.outputFiles[0].text),
    __PATHPROOF_SCENARIOS__: JSON.stringify(scenarios),
    __PATHPROOF_K6_LIBRARY__: JSON.stringify(library.outputFiles[0].text),
  },
  banner: {
    // Some dependencies are CommonJS and require node's own modules.
    js: '#!/usr/bin/env node\nimport { createRequire as pathproofRequire } from "node:module";\nconst require = pathproofRequire(import.meta.url);',
  },
  logLevel: "warning",
});
await appendFile(at("dist/pathproof.mjs.LEGAL.txt"), notices.join("\n"));
await chmod(at("dist/pathproof.mjs"), 0o755);
