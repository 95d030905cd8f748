import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";
import { reason } from "../open-run.ts";

/** A saved run's `report.json`. */
export interface PastFile {
  /** Its folder's name. */
  readonly name: string;
  readonly file: string;
}

/** The runs that are named, and those in folders that are named; each once. @throws CliError for what cannot be read */
export async function findPast(directory: string, words: readonly string[]): Promise<readonly PastFile[]> {
  const files = new Map<string, PastFile>();
  for (const word of words) {
    for (const file of await filesIn(resolve(directory, word)))
      files.set(file, { name: basename(dirname(file)), file });
  }
  return [...files.values()];
}

async function filesIn(path: string): Promise<readonly string[]> {
  const cannotRead = (error: unknown): never => {
    throw new CliError(exitCodes.usage, `cannot read ${path}: ${reason(error)}`);
  };
  if ((await stat(path).catch(cannotRead)).isFile()) return [path];
  const own = join(path, "report.json");
  if (await isFile(own)) return [own];
  const names = await readdir(path).catch(cannotRead);
  const inside = names.toSorted().map((name) => join(path, name, "report.json"));
  const there = await Promise.all(inside.map(isFile));
  return inside.filter((_, index) => there[index]);
}

/** With anything in it: of a run that was killed there may be an empty one. */
const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile() && found.size > 0,
    () => false,
  );
