import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { lives } from "./sweep-scratch.ts";

/** A run's folder while it is being filled. */
export interface RunFolder {
  readonly path: string;
  /**
   * Appends lines, their ends included, to `observations.ndjson`; the promise is back-pressure, and rejects when the disk does,
   * from then on each time with what it said first.
   */
  observe(lines: string): Promise<void>;
  /** Writes whole files: all of them, or where the disk will not take one, none. */
  write(documents: readonly Document[]): Promise<void>;
  /** Ends the observations; call it before rendering. */
  close(): Promise<void>;
}

export interface Document {
  readonly fileName: string;
  readonly text: string;
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
    write: (documents) => writeTogether(folder, documents),
    close: async () => undefined,
  };
}

/**
 * Makes the folder (and those above it) and opens its observations. Documents of a run that lay there before are taken away: who
 * is killed must not leave an earlier report beside new observations.
 *
 * @param documents what its files may be called
 * @throws the file system's own error; a second run in the same second gets `-2`, `-3` … unless `exact`
 */
export async function openRunFolder(
  path: string,
  { exact, documents }: { readonly exact: boolean; readonly documents: readonly string[] },
): Promise<RunFolder> {
  const folder = exact ? path : await firstFree(path);
  await makeFolder(folder);
  await sweepDrafts(folder);
  for (const name of documents) await rm(join(folder, name), { force: true });
  const observations = join(folder, "observations.ndjson");
  // Never through a link that lies in wait under the name: what it leads to is not ours to overwrite.
  await rm(observations, { force: true });
  const stream = createWriteStream(observations, { flags: "wx" });
  await opened(stream);
  let broken: unknown = null;
  return {
    path: folder,
    async observe(lines) {
      try {
        if (broken === null) await written(stream, lines);
      } catch (error) {
        // What was waiting behind it fails as well, but only because this did.
        broken ??= error;
      }
      if (broken !== null) throw broken;
    },
    write: (documents) => writeTogether(folder, documents),
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

/** A reader never sees half a file: the text goes to a neighbour first, which is renamed. */
export const writeWhole = (file: string, text: string): Promise<void> =>
  writeTogether(dirname(file), [{ fileName: basename(file), text }]);

/** Nor does it see reports of which some tell of this run and some of an earlier one, because the disk was full in between. */
async function writeTogether(folder: string, documents: readonly Document[]): Promise<void> {
  const drafts = documents.map(({ fileName, text }) => {
    const file = join(folder, fileName);
    return { file, text, draft: `${file}.${process.pid}.tmp` };
  });
  try {
    for (const { draft, text } of drafts) {
      await rm(draft, { force: true });
      await writeFile(draft, text, { flag: "wx" });
    }
    for (const { draft, file } of drafts) await rename(draft, file);
  } catch (error) {
    for (const { draft } of drafts) await rm(draft, { force: true });
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
