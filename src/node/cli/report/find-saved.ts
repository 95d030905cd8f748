import { open, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";
import { reason } from "../open-run.ts";

/** What a word of `report` names, told by what is in it and not by its name. */
export type Saved =
  /** A run of ours, with all that was observed. */
  | { readonly kind: "run"; readonly word: string; readonly folder: string; readonly file: string }
  /** A `report.json` of ours by itself: its figures, and no more. */
  | { readonly kind: "report"; readonly word: string; readonly file: string }
  /** Another tool's, or nobody's: its reader will tell. */
  | { readonly kind: "foreign"; readonly word: string; readonly file: string };

/** @throws CliError where there is nothing to read */
export async function findSaved(directory: string, word: string): Promise<Saved> {
  const path = resolve(directory, word);
  const found = await stat(path).catch((error: unknown) => {
    throw new CliError(exitCodes.usage, `cannot read ${path}: ${reason(error)}`);
  });
  if (found.isDirectory()) return inFolder(word, path);
  if (!found.isFile()) throw new CliError(exitCodes.usage, `cannot read ${path}: it is neither a file nor a folder`);
  const head = await headOf(path);
  if (/^\{"line":"run"/.test(head)) return { kind: "run", word, folder: dirname(path), file: path };
  if (/^\s*\{\s*"schema"\s*:\s*"pathproof\.report\//.test(head)) return { kind: "report", word, file: path };
  return { kind: "foreign", word, file: path };
}

async function inFolder(word: string, folder: string): Promise<Saved> {
  const observations = join(folder, "observations.ndjson");
  if (await hasContent(observations)) return { kind: "run", word, folder, file: observations };
  const report = join(folder, "report.json");
  if (await hasContent(report)) return { kind: "report", word, file: report };
  throw new CliError(
    exitCodes.usage,
    `${folder} is no run of pathproof: it holds neither observations.ndjson nor report.json with anything in it`,
  );
}

const hasContent = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile() && found.size > 0,
    () => false,
  );

async function headOf(file: string): Promise<string> {
  const handle = await open(file).catch((error: unknown) => {
    throw new CliError(exitCodes.usage, `cannot read ${file}: ${reason(error)}`);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** What a saved thing is called in a comparison: its folder's name, or its file's. */
export const labelOf = (saved: Saved): string => basename(saved.kind === "run" ? saved.folder : saved.file);
