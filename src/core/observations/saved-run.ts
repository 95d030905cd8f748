import { findKind } from "#core/targets/index.ts";
import type { Target, TargetRequest } from "#core/targets/target.ts";
import { noTimeouts } from "#core/targets/timeouts.ts";
import type { Exchange } from "./exchange.ts";
import { decodeExchanges, type LineProblem } from "./ndjson.ts";
import { isSecretHeader, redacted } from "./redact.ts";

/**
 * The first line of `observations.ndjson`: what a run needs to be judged again beside its exchanges. Request bodies
 * and the values of secret headers are left out: they may hold what the environment put there.
 */
export interface RunStart {
  readonly line: "run";
  readonly schema: "pathproof.observations/1";
  readonly command: string;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly vantage: Readonly<Record<string, string | null>>;
  readonly means: { readonly credentials: "absent" | "long-term" | "temporary"; readonly endedSession: boolean };
  /** Of `keepalive`: who asked; absent: whoever the config's `credentials` are. */
  readonly principal?: string;
  /** Ids of the checks that were planned. */
  readonly checks: readonly string[];
  readonly targets: readonly SavedTarget[];
  /** Of a load only; read by `core/plan/saved-load.ts`. */
  readonly load?: object;
  /** Of a comparison only; read by `core/plan/saved-comparison.ts`. */
  readonly comparison?: object;
}

/** A target by its kind's name; the kind's record is that of the program that reads it again. */
export type SavedTarget = Omit<Target, "kind"> & { readonly kind: string };

/** The last line; without it the run did not come to an end of its own. */
export interface RunEnd {
  readonly line: "end";
  readonly elapsedMs: number;
  readonly interrupted: boolean;
  /** Of a load or a comparison only: how it came to its end. */
  readonly load?: object;
}

export const encodeRunLine = (line: RunStart | RunEnd): string => `${JSON.stringify(line)}\n`;

export function saveTarget(target: Target): SavedTarget {
  const [main, ...others] = target.requests;
  return {
    ...target,
    kind: target.kind.kind,
    requests: [saveRequest(main), ...others.map(saveRequest)],
    alsoAllowed: target.alsoAllowed.map(saveRequest),
  };
}

export const saveRequest = (request: TargetRequest): TargetRequest => ({
  ...request,
  headers: Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, isSecretHeader(name) ? redacted : value]),
  ),
  body: request.body === null ? null : "",
});

/** Null when this program does not know the kind. */
export function restoreTarget(saved: SavedTarget): Target | null {
  const kind = findKind(saved.kind);
  // Runs that were saved before there were any have none.
  return kind === null ? null : { ...saved, kind, timeouts: saved.timeouts ?? noTimeouts };
}

export type SavedRun =
  | {
      readonly kind: "run";
      readonly start: RunStart;
      readonly exchanges: readonly Exchange[];
      /** Of a load: its saved tallies, unchecked. */
      readonly tallies: readonly SavedLine[];
      /** Of a comparison: its saved blocks, unchecked. */
      readonly blocks: readonly SavedLine[];
      readonly end: RunEnd | null;
      readonly problems: readonly LineProblem[];
      /** Whether the last line was cut off in the middle of writing; it is left out. */
      readonly torn: boolean;
    }
  | { readonly kind: "no-run"; readonly problem: string };

export interface SavedLine {
  /** From 1. */
  readonly line: number;
  readonly value: unknown;
}

/** Reads a whole `observations.ndjson`; a line that cannot be read costs that line, not the run. Never throws. */
export function decodeRun(ndjson: string): SavedRun {
  const lines = ndjson.split("\n");
  const start = parse(lines[0] ?? "");
  if (!isRunStart(start)) return { kind: "no-run", problem: "its first line does not begin a run of pathproof" };
  const lastAt = lines.findLastIndex((line) => line.trim() !== "");
  const last = parse(lines[lastAt] ?? "");
  const end = isRunEnd(last) ? last : null;
  // Without a line end behind it, and no JSON: the decoder of exchanges says so, of whatever kind it was to become.
  const tornAt = last === null && lastAt === lines.length - 1 ? lastAt : -1;
  const isOf = (begins: string, line: string, index: number): boolean => index !== tornAt && line.startsWith(begins);
  const beginningWith = (begins: string): readonly SavedLine[] =>
    lines.flatMap((line, index) => (isOf(begins, line, index) ? [{ line: index + 1, value: parse(line) }] : []));
  // Emptied rather than removed, so that problems keep their line numbers.
  const between = lines.map((line, index) => {
    const isOther = isOf(tallyBegins, line, index) || isOf(blockBegins, line, index);
    return index === 0 || (end !== null && index === lastAt) || isOther ? "" : line;
  });
  const [tallies, blocks] = [beginningWith(tallyBegins), beginningWith(blockBegins)];
  return { kind: "run", start, tallies, blocks, end, ...decodeExchanges(between.join("\n")) };
}

const tallyBegins = '{"line":"tally"';
const blockBegins = '{"line":"block"';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isRunStart = (value: unknown): value is RunStart =>
  isRecord(value) &&
  value["line"] === "run" &&
  value["schema"] === "pathproof.observations/1" &&
  typeof value["command"] === "string" &&
  typeof value["startedAt"] === "string" &&
  isRecord(value["vantage"]) &&
  isRecord(value["means"]) &&
  Array.isArray(value["checks"]) &&
  Array.isArray(value["targets"]) &&
  value["targets"].every(isSavedTarget);

const isSavedTarget = (value: unknown): value is SavedTarget =>
  isRecord(value) &&
  typeof value["id"] === "string" &&
  typeof value["kind"] === "string" &&
  isRecord(value["origin"]) &&
  isRecord(value["deadlines"]) &&
  Array.isArray(value["requests"]) &&
  value["requests"].length > 0 &&
  value["requests"].every((request) => isRecord(request) && isRecord(request["expect"])) &&
  Array.isArray(value["alsoAllowed"]);

const isRunEnd = (value: unknown): value is RunEnd =>
  isRecord(value) && value["line"] === "end" && typeof value["elapsedMs"] === "number";
