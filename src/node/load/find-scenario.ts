import { access, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { builtInScenarios } from "./built-in-scenarios.ts";
import { type Bundling, bundleScenario } from "./bundle-scenario.ts";

/**
 * Makes the scenario of that name ready for k6 in `outDir`: the user's own `scenarios/NAME.ts` (or .js) in the working
 * directory, else one that comes along.
 */
export async function prepareScenario(name: string, outDir: string, cwd = process.cwd()): Promise<Bundling> {
  const file =
    (await fileIn(ownIn(cwd), name)) ?? (builtInScenarios === null ? await fileIn(sourceScenarios, name) : null);
  if (file !== null) return bundleScenario(file, outDir);
  const text = builtInScenarios?.[name];
  if (text === undefined) return { kind: "refused", message: await sayUnknown(name, cwd) };
  const script = join(outDir, `${name}.js`);
  await mkdir(outDir, { recursive: true });
  await writeFile(script, text);
  return { kind: "ok", script };
}

/** The user's own of that name, as seen from the working directory; null where there is none. */
export async function ownScenario(name: string, cwd: string): Promise<string | null> {
  const file = await fileIn(ownIn(cwd), name);
  return file === null || (await isOurRepository(cwd)) ? null : relative(cwd, file);
}

/** There what lies in `scenarios/` is what comes along. */
const isOurRepository = (folder: string): Promise<boolean> =>
  readFile(join(folder, "package.json"), "utf8").then(
    (text) => /^\s*"name": "pathproof",$/m.test(text),
    () => false,
  );

async function fileIn(folder: string, name: string): Promise<string | null> {
  for (const ending of ["ts", "js"]) {
    const file = join(folder, `${name}.${ending}`);
    if (await exists(file)) return file;
  }
  return null;
}

/** Those in `cwd` and those that come along, by name. */
export async function listScenarios(cwd = process.cwd()): Promise<readonly string[]> {
  const own = await namesIn(ownIn(cwd));
  const alongside = builtInScenarios === null ? await namesIn(sourceScenarios) : Object.keys(builtInScenarios);
  return [...new Set([...own, ...alongside])].sort();
}

const ownIn = (cwd: string): string => join(cwd, "scenarios");
const sourceScenarios = resolve(fileURLToPath(new URL("../../../scenarios", import.meta.url)));

const namesIn = (folder: string): Promise<readonly string[]> =>
  readdir(folder).then(
    (files) => files.filter((file) => /\.[jt]s$/.test(file)).map((file) => file.replace(/\.[jt]s$/, "")),
    () => [],
  );

async function sayUnknown(name: string, cwd: string): Promise<string> {
  const known = await listScenarios(cwd);
  return `There is no scenario "${name}": ${join(cwd, "scenarios", `${name}.ts`)} is not there, and those at hand are ${known.join(", ") || "none"}.`;
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
