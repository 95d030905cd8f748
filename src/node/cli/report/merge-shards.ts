import { encodeRunLine } from "#core/observations/saved-run.ts";
import { mergeLoads, type Shard } from "#core/plan/merge-loads.ts";
import { readLoadEnd, saveLoad } from "#core/plan/saved-load.ts";
import { type Call, CliError } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { openRun } from "../open-run.ts";
import { rejudge } from "../rejudge.ts";
import { findSaved, labelOf } from "./find-saved.ts";
import { type LoadRun, readLoadRun } from "./read-run.ts";

interface NamedRun {
  readonly name: string;
  readonly run: LoadRun;
}

/** `report A B --merge`: shards of one load become the run that they were together, which is then judged like any other. */
export async function mergeShards(call: Call, words: readonly string[]): Promise<ExitCode> {
  const named: NamedRun[] = [];
  for (const word of words) {
    const found = await findSaved(call.directory, word);
    if (found.kind !== "run")
      throw new CliError(
        exitCodes.usage,
        `--merge: ${found.file} is no run's folder: only there is all that was observed`,
      );
    named.push({ name: labelOf(found), run: await readLoadRun(call, found.file) });
  }
  const [first, second, ...others] = named;
  if (first === undefined || second === undefined)
    throw new CliError(exitCodes.usage, "--merge: name two runs or more");
  const files = new Set(named.map(({ run }) => run.file));
  if (files.size < named.length)
    throw new CliError(exitCodes.usage, "--merge: a run is named twice, and would count twice");
  const merged = mergeLoads([shardOf(first), ...[second, ...others].map(shardOf)]);
  if (merged.kind === "not-shards") throw new CliError(exitCodes.usage, `--merge: ${merged.why}`);

  const runs = named.map(({ run }) => run.saved);
  const begunMs = runs.map(({ start }) => Date.parse(start.startedAt));
  const startedAtMs = Math.min(...begunMs);
  const folder = await openRun(call, {
    ...first.run.saved.start,
    startedAt: new Date(startedAtMs).toISOString(),
    load: saveLoad(merged.load),
  });
  for (const { tallies } of runs)
    await folder.observe(tallies.map(({ value }) => `${JSON.stringify(value)}\n`).join(""));
  if (merged.end !== null) {
    const endedMs = runs.map(({ end }, index) => (begunMs[index] ?? 0) + (end?.elapsedMs ?? 0));
    const interrupted = runs.some(({ end }) => end?.interrupted ?? true);
    const elapsedMs = Math.max(...endedMs) - startedAtMs;
    await folder.observe(encodeRunLine({ line: "end", elapsedMs, interrupted, load: merged.end }));
  }
  await folder.close();
  return rejudge({ ...call, global: { ...call.global, out: null } }, folder.path);
}

const shardOf = ({ name, run }: NamedRun): Shard => ({
  name,
  load: run.load,
  end: readLoadEnd(run.saved.end?.load),
  startedAtMs: Date.parse(run.saved.start.startedAt),
});
