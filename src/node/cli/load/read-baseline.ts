import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Load } from "#core/config/config.ts";
import { isFigures } from "#core/plan/saved-load.ts";
import type { LoadFigures } from "#core/verdicts/load-figures.ts";
import { readText, records } from "#node/files/read-text.ts";
import { CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";
import { reason } from "../open-run.ts";

export interface Baseline {
  readonly byTarget: Readonly<Record<string, LoadFigures>>;
  /** What it was made with that the load is not, in words: what that makes of a difference, no threshold can tell. */
  readonly unlike: string | null;
}

/**
 * What a saved run showed: a run's folder or its report.json. Where it holds several loads, the one of the same name counts.
 *
 * @throws CliError where there is no such report, or no load in it
 */
export async function readBaseline(directory: string, run: string, load: Load): Promise<Baseline> {
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
  const named = loads.filter((one) => one.load === load.name);
  const chosen = named.length > 0 ? named : loads;
  if (chosen.length === 0) throw refuse(`${file} holds no load to compare with`);
  return {
    byTarget: Object.fromEntries(chosen.map(({ target, figures }) => [target, figures])),
    unlike: chosen[0] === undefined ? null : unlikeness(chosen[0].madeWith, load),
  };
}

const facts = ["scenario", "engine", "rate", "connections"] as const;
type MadeWith = Readonly<Record<(typeof facts)[number], unknown>>;

function unlikeness(was: MadeWith, { scenario, engine, arrival }: Load): string | null {
  const is: MadeWith = {
    scenario,
    engine,
    rate: arrival.kind === "open" ? arrival.rate : null,
    connections: arrival.kind === "closed" ? arrival.connections : null,
  };
  const show = (value: unknown): string => (value === null ? "none" : String(value));
  const unlike = facts.filter((fact) => was[fact] !== undefined && was[fact] !== is[fact]);
  return unlike.length === 0
    ? null
    : unlike.map((fact) => `${fact} ${show(was[fact])} there, ${show(is[fact])} here`).join("; ");
}

interface SavedFigures {
  readonly load: string;
  readonly target: string;
  readonly madeWith: MadeWith;
  readonly figures: LoadFigures;
}

function loadsIn(text: string): readonly SavedFigures[] | null {
  const report = parse(text);
  if (!isRecord(report) || report["schema"] !== "pathproof.report/1" || !Array.isArray(report["loads"])) return null;
  return report["loads"].flatMap((one: unknown) =>
    isRecord(one) && typeof one["load"] === "string" && typeof one["target"] === "string" && isFigures(one)
      ? [{ load: one["load"], target: one["target"], madeWith: madeWith(one), figures: figuresAlone(one) }]
      : [],
  );
}

const madeWith = ({ scenario, engine, rate, connections }: Readonly<Record<string, unknown>>): MadeWith => ({
  scenario,
  engine,
  rate,
  connections,
});

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
