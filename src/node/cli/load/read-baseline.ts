import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isFigures } from "#core/plan/saved-load.ts";
import type { LoadFigures } from "#core/verdicts/load-figures.ts";
import { readText, records } from "#node/files/read-text.ts";
import { CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";
import { reason } from "../open-run.ts";

/** By target. */
export type Baseline = Readonly<Record<string, LoadFigures>>;

/**
 * What a saved run showed: a run's folder or its report.json. Where it holds several loads, the one of the same name counts.
 *
 * @throws CliError where there is no such report, or no load in it
 */
export async function readBaseline(directory: string, run: string, load: string): Promise<Baseline> {
  const path = resolve(directory, run);
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = isFolder ? join(path, "report.json") : path;
  const refuse = (why: string): CliError => new CliError(exitCodes.usage, `--baseline: ${why}`);
  const text = await readText(file, records).catch((error: unknown) => {
    throw refuse(`cannot read ${file}: ${reason(error)}`);
  });
  const loads = loadsIn(text);
  if (loads === null) throw refuse(`${file} is not a report of pathproof`);
  const named = loads.filter((one) => one.load === load);
  const chosen = named.length > 0 ? named : loads;
  if (chosen.length === 0) throw refuse(`${file} holds no load to compare with`);
  return Object.fromEntries(chosen.map(({ target, figures }) => [target, figures]));
}

interface SavedFigures {
  readonly load: string;
  readonly target: string;
  readonly figures: LoadFigures;
}

function loadsIn(text: string): readonly SavedFigures[] | null {
  const report = parse(text);
  if (!isRecord(report) || report["schema"] !== "pathproof.report/1" || !Array.isArray(report["loads"])) return null;
  return report["loads"].flatMap((one: unknown) =>
    isRecord(one) && typeof one["load"] === "string" && typeof one["target"] === "string" && isFigures(one)
      ? [{ load: one["load"], target: one["target"], figures: figuresAlone(one) }]
      : [],
  );
}

/** Without the histogram and the rows: this goes into the new run's observations. */
function figuresAlone(load: LoadFigures): LoadFigures {
  const { requests, failures, dropped, serviceMs, responseMs, connectMs, tlsMs, reuse } = load;
  return { requests, failures, dropped, serviceMs, responseMs, connectMs, tlsMs, reuse };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
