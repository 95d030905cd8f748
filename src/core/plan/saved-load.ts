import { saveRequest } from "#core/observations/saved-run.ts";
import { type MachineFacts, unknownMachine } from "#core/statistics/saturation.ts";
import type { LoadFigures } from "#core/verdicts/load-figures.ts";
import { rulesOf } from "#core/verdicts/threshold-outcome.ts";
import type { LoadPlan, PlannedTarget } from "./load-plan.ts";

/** What the first line of a load's observations says beside the run: all that is needed to report it again. */
export interface SavedLoad {
  /** Without values of headers and without bodies: they may hold what the environment put there. */
  readonly plan: LoadPlan;
  readonly engine: "k6" | "node";
  /** As written. */
  readonly thresholds: readonly string[];
  /** By target: what a saved run showed, for the rules that compare with it. */
  readonly baseline: Readonly<Record<string, LoadFigures>>;
}

/** What the last line says: how the load came to its end. */
export interface LoadEnd extends MachineFacts {
  /** Whether all of it was sent. */
  readonly complete: boolean;
  /** What keeps it from passing, in clauses that continue "but". */
  readonly reasons: readonly string[];
  /** What the generator has to say, in sentences. */
  readonly notes: readonly string[];
  /** The threshold that ended it; null when none did. */
  readonly endedEarly: {
    readonly target: string;
    readonly rule: string;
    readonly why: string;
    readonly atMs: number;
  } | null;
}

export const saveLoad = (load: SavedLoad): SavedLoad => ({
  ...load,
  plan: { ...load.plan, targets: load.plan.targets.map(saveTarget) },
});

const saveTarget = (target: PlannedTarget): PlannedTarget => ({
  ...target,
  requests: target.requests.map(saveRequest),
});

/** Null for anything that `saveLoad` did not write. */
export function readSavedLoad(value: unknown): SavedLoad | null {
  return isSavedLoad(value) && areRules(value.thresholds) ? value : null;
}

export const readLoadEnd = (value: unknown): LoadEnd | null => {
  // Runs saved before all of the machine's facts were measured do not hold them.
  const whole = isRecord(value) ? { ...unknownMachine, ...value } : null;
  return isLoadEnd(whole) ? whole : null;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

const isSavedLoad = (value: unknown): value is SavedLoad =>
  isRecord(value) &&
  isPlan(value["plan"]) &&
  (value["engine"] === "k6" || value["engine"] === "node") &&
  isTexts(value["thresholds"]) &&
  isRecord(value["baseline"]) &&
  Object.values(value["baseline"]).every(isFigures);

const isPlan = (value: unknown): value is LoadPlan =>
  isRecord(value) &&
  value["schema"] === "pathproof.load-plan/1" &&
  [value["load"], value["scenario"]].every((one) => typeof one === "string") &&
  (value["principal"] === undefined || typeof value["principal"] === "string") &&
  [value["durationMs"], value["warmupMs"]].every((one) => typeof one === "number") &&
  isArrival(value["arrival"]) &&
  Array.isArray(value["targets"]) &&
  value["targets"].every(
    (target) =>
      isRecord(target) && typeof target["id"] === "string" && (target["auth"] === "iam" || target["auth"] === "none"),
  );

const isArrival = (value: unknown): boolean =>
  isRecord(value) &&
  ((value["kind"] === "open" && typeof value["rate"] === "number") ||
    (value["kind"] === "closed" && typeof value["connections"] === "number"));

/** Of our own or of a report's, which a person may have edited. */
export const isFigures = (value: unknown): value is LoadFigures =>
  isRecord(value) &&
  typeof value["requests"] === "number" &&
  (value["dropped"] === null || typeof value["dropped"] === "number") &&
  (value["failures"] === null || isNumbers(value["failures"])) &&
  ["serviceMs", "responseMs", "connectMs", "tlsMs"].every(
    (name) => value[name] === null || (areFigures(value[name]) && hasAll(value[name], figureNames)),
  ) &&
  (value["reuse"] === null || (isNumbers(value["reuse"]) && hasAll(value["reuse"], reuseNames)));

const figureNames = ["mean", "p50", "p90", "p95", "p99", "p999", "max"];
const reuseNames = ["connections", "requests", "ratio", "stale", "suspectedRetries"];

const isNumbers = (value: unknown): value is Readonly<Record<string, number>> =>
  isRecord(value) && Object.values(value).every((one) => typeof one === "number");

const areFigures = (value: unknown): value is Readonly<Record<string, number | null>> =>
  isRecord(value) && Object.values(value).every((one) => one === null || typeof one === "number");

const hasAll = (value: object, names: readonly string[]): boolean => names.every((name) => Object.hasOwn(value, name));

const isLoadEnd = (value: unknown): value is LoadEnd =>
  isRecord(value) &&
  typeof value["complete"] === "boolean" &&
  isTexts(value["reasons"]) &&
  isTexts(value["notes"]) &&
  [value["cpuShare"], value["stealShare"], value["throttledShare"]].every(
    (share) => share === null || typeof share === "number",
  ) &&
  (value["endedEarly"] === null || isBreach(value["endedEarly"]));

const isBreach = (value: unknown): boolean =>
  isRecord(value) &&
  [value["target"], value["rule"], value["why"]].every((one) => typeof one === "string") &&
  typeof value["atMs"] === "number";

function areRules(written: readonly string[]): boolean {
  try {
    return rulesOf(written).length > 0;
  } catch {
    return false;
  }
}
