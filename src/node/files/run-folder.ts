import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { lives } from "./sweep-scratch.ts";

/** A run's folder while it is being filled. */
export interface RunFolder {
  readonly path: string;
  /** Appends lines, their ends included, to `observations.ndjson`; the promise is back-pressure, and rejects when the disk does. */
  observe(lines: string): Promise<void>;
  /** Writes a whole file or none of it. */
  write(fileName: string, text: string): Promise<void>;
  /** Ends the observations; call it before rendering. */
  close(): Promise<void>;
}

/** `2026-11-23T10-20-30Z-check`: sorts by time and is a file name everywhere. */
export const runFolderName = (startedAt: Date, command: string): string =>
  `${startedAt
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-")}-${command}`;

/**
 * Makes a folder (and those above it) for documents alone: of what was observed elsewhere.
 *
 * @throws as `openRunFolder` does
 */
export async function openDocumentFolder(
  path: string,
  { exact }: { readonly exact: boolean },
): Promise<Omit<RunFolder, "observe">> {
  const folder = exact ? path : await firstFree(path);
  await makeFolder(folder);
  await sweepDrafts(folder);
  return {
    path: folder,
    write: (fileName, text) => writeWhole(join(folder, fileName), text),
    close: async () => undefined,
  };
}

/**
 * Makes the folder (and those above it) and opens its observations.
 *
 * @throws the file system's own error; a second run in the same second gets `-2`, `-3` … unless `exact`
 */
export async function openRunFolder(path: string, { exact }: { readonly exact: boolean }): Promise<RunFolder> {
  const folder = exact ? path : await firstFree(path);
  await makeFolder(folder);
  const observations = join(folder, "observations.ndjson");
  // Never through a link that lies in wait under the name: what it leads to is not ours to overwrite.
  await rm(observations, { force: true });
  const stream = createWriteStream(observations, { flags: "wx" });
  await opened(stream);
  return {
    path: folder,
    observe: (lines) => written(stream, lines),
    write: (fileName, text) => writeWhole(join(folder, fileName), text),
    close: () => ended(stream),
  };
}

async function firstFree(path: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const candidate = attempt === 1 ? path : `${path}-${attempt}`;
    if (await makeFolder(candidate)) return candidate;
  }
}

/**
 * Makes a folder and those above it; false when it is there already. Node's own `recursive` tries for ever where a file system
 * answers ENOENT to every attempt (/proc, the path of an unmounted share).
 */
async function makeFolder(path: string): Promise<boolean> {
  try {
    return await makeOne(path);
  } catch (error) {
    const above = dirname(path);
    if (codeOf(error) !== "ENOENT" || above === path) throw error;
    await makeFolder(above);
    return makeOne(path);
  }
}

async function makeOne(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    // Not by its code: a read-only file system answers EROFS where the folder is there already.
    if ((await stat(path).catch(() => null))?.isDirectory() === true) return false;
    throw error;
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : null);

/** Drafts of documents whose writer was killed. */
async function sweepDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, pid] = /\.(\d+)\.tmp$/.exec(name) ?? [];
    if (pid !== undefined && !lives(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

/** A reader never sees half a report: the text goes to a neighbour first and is renamed. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await rm(draft, { force: true });
    await writeFile(draft, text, { flag: "wx" });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function opened(stream: WriteStream): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once("open", () => resolve());
    stream.once("error", reject);
  });
}

function written(stream: WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

function ended(stream: WriteStream): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once("error", reject);
    stream.end(() => resolve());
  });
}
