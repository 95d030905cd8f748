import { mkdir, writeFile } from "node:fs/promises";
import { builtinModules, SourceMap } from "node:module";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { BuildOptions, Message } from "esbuild";
import { missingGlobals, standIn } from "./k6-language.ts";
import { type Lack, scanLanguage } from "./scan-language.ts";
import { scenarioLibrary } from "./scenario-library.ts";

export type Bundling =
  /** `script`: a file that k6 reads by itself. */
  | { readonly kind: "ok"; readonly script: string }
  /** `message`: whole sentences, a problem a line, with file and line where there is one. */
  | { readonly kind: "refused"; readonly message: string };

/**
 * Bundles a scenario with all it imports into one file for k6 in `outDir`, and refuses what k6 would reject or, worse, would
 * run differently, with its place in the source.
 */
export async function bundleScenario(file: string, outDir: string): Promise<Bundling> {
  const esbuild = await import("esbuild").catch(() => null);
  if (esbuild === null) {
    return refused(
      `${show(file)} is to be bundled by esbuild, which is not installed here. Run "npm install esbuild" beside pathproof, or bundle it elsewhere and name the .js file.`,
    );
  }
  const script = join(outDir, `${basename(file).replace(/\.[cm]?[jt]s$/, "")}.js`);
  try {
    // Twice: free references to what k6 lacks are found by scope, which esbuild knows, and must not stay in the result.
    const [trial, real] = await Promise.all([
      esbuild.build({ ...settings(file), write: false, outfile: script, sourcemap: "external", define: standIns }),
      esbuild.build({ ...settings(file), write: false, outfile: script, sourcemap: "linked", metafile: true }),
    ]);
    const lacks = findLacks(textOf(trial.outputFiles, ".js"), textOf(trial.outputFiles, ".map"), script);
    if (lacks.length > 0) return refused(lacks.join("\n"));
    await mkdir(dirname(script), { recursive: true });
    for (const { path, contents } of real.outputFiles) await writeFile(path, contents);
    return { kind: "ok", script };
  } catch (error) {
    const messages = messagesOf(error);
    return refused(messages.length > 0 ? messages.map(showMessage).join("\n") : `${show(file)}: ${describe(error)}`);
  }
}

/** What each scenario is bundled with; tools/build.mjs says the same for those that come along. */
const settings = (file: string) =>
  ({
    entryPoints: [resolve(file)],
    bundle: true,
    format: "esm",
    target: "es2020",
    // Its packages' browser versions: the others want node's modules.
    platform: "browser",
    external: ["k6", "k6/*"],
    charset: "utf8",
    loader: { ".csv": "text", ".txt": "text" },
    logLevel: "silent",
    define: {},
    plugins: [scenarioLibrary],
  }) satisfies BuildOptions;

const standIns: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(missingGlobals).map((name) => [name, standIn(name)]),
);

function findLacks(code: string, map: string, script: string): readonly string[] {
  const lacks = scanLanguage(code);
  if (lacks.length === 0) return [];
  const sourceMap = new SourceMap(JSON.parse(map));
  return [...new Set(lacks.map((lack) => `${placeOf(lack, sourceMap, script)}: ${lack.text}.`))];
}

function placeOf({ line, column }: Lack, map: SourceMap, script: string): string {
  const entry = map.findEntry(line - 1, column);
  if (!("originalSource" in entry)) return `${show(script)}:${line}`;
  return `${show(resolve(dirname(script), entry.originalSource))}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}

function showMessage({ text, location }: Message): string {
  const place = location === null ? "" : `${show(resolve(location.file))}:${location.line}:${location.column + 1}: `;
  const missing = /^Could not resolve "([^"]+)"/.exec(text)?.[1];
  return `${place}${missing === undefined ? text : explainMissing(missing)}.`;
}

function explainMissing(name: string): string {
  if (name.startsWith("node:") || builtinModules.includes(name.split("/")[0] ?? ""))
    return `"${name}" is a module of Node, and a scenario runs in k6, which is none: use k6's own modules (k6/http, k6/crypto, k6/encoding)`;
  return `"${name}" cannot be found: install it beside the scenario, or correct its path`;
}

const messagesOf = (error: unknown): readonly Message[] =>
  typeof error === "object" && error !== null && "errors" in error && Array.isArray(error.errors) ? error.errors : [];

const textOf = (files: readonly { readonly path: string; readonly text: string }[], ending: string): string =>
  files.find(({ path }) => path.endsWith(ending))?.text ?? "";

const refused = (message: string): Bundling => ({ kind: "refused", message });

/** As from where the user stands. */
function show(file: string): string {
  const from = relative(process.cwd(), file);
  return from.startsWith("..") ? file : from;
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));
