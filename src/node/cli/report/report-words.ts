import { parseDuration } from "#core/config/quantity.ts";
import { readRule } from "#core/config/threshold-rule.ts";
import type { Ms } from "#core/units.ts";
import { readClients } from "../advice-words.ts";
import { type Call, CliError, listOption, textOption } from "../command.ts";
import { exitCodes } from "../exit-code.ts";

/** What `report` was asked beside the runs. */
export interface ReportWords {
  /** The tag that tells another tool's targets apart; null: `target`, where there is one. */
  readonly by: string | null;
  /** Of an HdrHistogram log's values. */
  readonly unit: "ns" | "us" | "ms" | null;
  /** To judge another tool's load by, as written. */
  readonly rules: readonly string[];
  /** A difference between saved runs that nobody minds; null: none was named. */
  readonly marginMs: Ms | null;
  readonly merge: boolean;
  /** Whose settings are printed after a saved keepalive run. */
  readonly clients: readonly string[];
  /** The other side of a comparison of several runs. */
  readonly against: readonly string[];
}

const units = ["ns", "us", "ms"] as const;

function readMargin(written: string | null): Ms | null {
  if (written === null) return null;
  const margin = parseDuration(written);
  if (margin !== null && margin > 0) return margin;
  throw new CliError(exitCodes.usage, `--margin: expected a duration above 0 such as "2ms", got "${written}"`);
}

/** @throws CliError for what cannot be meant */
export async function readReportWords(call: Call): Promise<ReportWords> {
  const written = textOption(call, "unit");
  const unit = units.find((one) => one === written) ?? null;
  if (written !== null && unit === null)
    throw new CliError(exitCodes.usage, `--unit: expected one of ${units.join(", ")}, got "${written}"`);
  const rules = listOption(call, "threshold");
  for (const rule of rules) {
    const read = readRule(rule);
    if (read.kind === "wrong") throw new CliError(exitCodes.usage, `--threshold "${rule}": expected ${read.expected}`);
  }
  return {
    by: textOption(call, "by"),
    unit,
    rules,
    marginMs: readMargin(textOption(call, "margin")),
    merge: call.options["merge"] === true,
    clients: await readClients(call),
    against: listOption(call, "against"),
  };
}
