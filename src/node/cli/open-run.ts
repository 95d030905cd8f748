import { resolve } from "node:path";
import { encodeRunLine, type RunStart } from "#core/observations/saved-run.ts";
import { reporters } from "#core/reporters/index.ts";
import type { Vantage } from "#core/reporters/run-report.ts";
import { openDocumentFolder, openRunFolder, type RunFolder, runFolderName } from "#node/files/run-folder.ts";
import { systemReason } from "#node/files/system-reason.ts";
import { type Call, CliError } from "./command.ts";
import { exitCodes } from "./exit-code.ts";
import { forget } from "./forget.ts";
import { readVantage } from "./vantage.ts";

/** A run that begins now, its folder open. */
export interface BegunRun {
  readonly folder: RunFolder;
  /** What every report of it says. */
  readonly head: { readonly startedAt: string; readonly vantage: Vantage };
  /** Since then. */
  elapsedMs(): number;
}

type Facts = Pick<RunStart, "means" | "principal" | "checks" | "targets" | "load" | "comparison">;

/** @throws CliError where it cannot be written: what is measured would be lost */
export async function beginRun(call: Call, command: string, facts: Facts): Promise<BegunRun> {
  const startedAt = new Date();
  const head = { startedAt: startedAt.toISOString(), vantage: readVantage(call.env) };
  const folder = await openRun(call, {
    line: "run",
    schema: "pathproof.observations/1",
    command,
    ...head,
    vantage: { ...head.vantage },
    ...facts,
  });
  return { folder, head, elapsedMs: () => Date.now() - startedAt.getTime() };
}

/** The folder of a run, `--out` or one named by time under `reports/`, and in it the line that begins its observations. */
export async function openRun(call: Call, start: RunStart): Promise<RunFolder> {
  const folder = await openNamed(call, start.command, new Date(start.startedAt), openRunIn);
  await beginWith(folder, encodeRunLine(start));
  return folder;
}

/** The same at a path, with all the observations of a run that was. */
export async function openCopy(path: string, observations: string): Promise<RunFolder> {
  const folder = await orCannotWrite(path, () => openRunIn(path, { exact: true }));
  await beginWith(folder, observations);
  return folder;
}

/** A folder for documents alone, of what was observed elsewhere. */
export const openDocuments = (call: Call, command: string, startedAt: Date): Promise<Omit<RunFolder, "observe">> =>
  openNamed(call, command, startedAt, openDocumentFolder);

/** The folder of a run that is to be rendered where it lies. */
export const openAgain = (path: string): Promise<Omit<RunFolder, "observe">> =>
  orCannotWrite(path, () => openDocumentFolder(path, { exact: true }));

interface Exactly {
  /** Whether it must be this path, or a free one beside it will do. */
  readonly exact: boolean;
}

const openRunIn = (path: string, { exact }: Exactly): Promise<RunFolder> =>
  openRunFolder(path, { exact, documents: reporters.map(({ fileName }) => fileName) });

/** Leaves no folder behind in which nothing could be written. */
async function beginWith(folder: RunFolder, lines: string): Promise<void> {
  await orCannotWrite(folder.path, () =>
    folder.observe(lines).catch(async (error: unknown) => {
      await forget(folder);
      throw error;
    }),
  );
}

async function openNamed<Folder>(
  call: Call,
  command: string,
  startedAt: Date,
  open: (path: string, options: Exactly) => Promise<Folder>,
): Promise<Folder> {
  const { out } = call.global;
  const path = resolve(call.directory, out ?? `reports/${runFolderName(startedAt, command)}`);
  return orCannotWrite(path, () => open(path, { exact: out !== null }));
}

async function orCannotWrite<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new CliError(
      exitCodes.environment,
      `cannot write the run's folder ${path}: ${reason(error)}. Choose another with --out.`,
    );
  }
}

/** In words, without the path: the sentence around it has that. */
export const reason = systemReason;
