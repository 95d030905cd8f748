import { reportSchema } from "./report-schema.ts";
import type { RunReport } from "./run-report.ts";
import { problemWith } from "./schema-check.ts";

export type ReadReport =
  | { readonly kind: "report"; readonly report: RunReport }
  /** In a clause that follows the file's name. */
  | { readonly kind: "problem"; readonly problem: string };

/** Reads a `report.json`, ours or one that went through other hands. */
export function readReport(text: string): ReadReport {
  const value = parse(text);
  if (value === undefined) return { kind: "problem", problem: "it is no whole JSON document" };
  return isReport(value) ? { kind: "report", report: value } : { kind: "problem", problem: whatIsWrong(value) };
}

const schema = reportSchema();

const isReport = (value: unknown): value is RunReport => problemWith(value, schema) === null;

const whatIsWrong = (value: unknown): string =>
  `it is no report of this pathproof: ${problemWith(value, schema) ?? "nothing is wrong with it"}`;

/** Undefined for what is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
