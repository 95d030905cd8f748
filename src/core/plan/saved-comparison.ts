import type { CostedPath } from "#core/cost/cost-of.ts";
import type { OwnPrices } from "#core/cost/prices.ts";
import type { Bytes } from "#core/units.ts";
import type { CompareDesign } from "./compare-design.ts";
import type { CompareLane } from "./compare-plan.ts";

/** What the first line of a comparison's observations says beside the run: all that is needed to judge it again. */
export interface SavedComparison {
  readonly engine: "k6" | "node";
  /** Who asked; absent: the config's own credentials. */
  readonly principal?: string;
  readonly design: CompareDesign;
  readonly lanes: readonly CompareLane[];
  /** Only the pilot was asked for: its rounds are all there are. */
  readonly pilotOnly: boolean;
  readonly costs: readonly SavedCosting[];
  /** Of the config; null: list prices. */
  readonly prices: OwnPrices | null;
}

/** What of a path's cost is known before it is measured. */
export interface SavedCosting {
  readonly target: string;
  readonly path: CostedPath;
  /** Of one request and one response on average, heads included. */
  readonly requestBytes: Bytes;
  readonly responseBytes: Bytes;
  /** How they are known, in words. */
  readonly bytesFrom: string;
  /** What was assumed of the path, in sentences. */
  readonly assumed: readonly string[];
}

/** Null for anything that was not saved by `compare`. */
export const readSavedComparison = (value: unknown): SavedComparison | null =>
  isSavedComparison(value) ? value : null;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSavedComparison = (value: unknown): value is SavedComparison =>
  isRecord(value) &&
  (value["engine"] === "k6" || value["engine"] === "node") &&
  (value["principal"] === undefined || typeof value["principal"] === "string") &&
  typeof value["pilotOnly"] === "boolean" &&
  isDesign(value["design"]) &&
  Array.isArray(value["lanes"]) &&
  value["lanes"].length > 0 &&
  value["lanes"].every(isLane) &&
  Array.isArray(value["costs"]) &&
  value["costs"].every(isCosting) &&
  (value["prices"] === null || isRecord(value["prices"]));

const isUse = (value: unknown): boolean => value === "reused" || value === "cold";

const isDesign = (value: unknown): boolean =>
  isRecord(value) &&
  ["seed", "rounds", "pilotRounds", "blockMs", "headMs", "rate", "marginMs"].every(
    (name) => typeof value[name] === "number" && Number.isFinite(value[name]),
  ) &&
  Array.isArray(value["connections"]) &&
  value["connections"].length > 0 &&
  value["connections"].every(isUse);

const isLane = (value: unknown): boolean =>
  isRecord(value) && typeof value["id"] === "string" && typeof value["target"] === "string" && isUse(value["use"]);

const isCosting = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value["target"] === "string" &&
  isRecord(value["path"]) &&
  typeof value["path"]["kind"] === "string" &&
  ["requestBytes", "responseBytes"].every((name) => typeof value[name] === "number") &&
  typeof value["bytesFrom"] === "string" &&
  Array.isArray(value["assumed"]);
