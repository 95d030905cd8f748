import { parseDuration } from "#core/config/quantity.ts";
import { type Call, CliError, textOption, wholeOption } from "../command.ts";
import { exitCodes } from "../exit-code.ts";

/** What `history` was asked beside the runs. */
export interface HistoryWords {
  /** Milliseconds since the epoch. */
  readonly sinceMs: number | null;
  readonly marginShare: number;
  readonly last: number;
  readonly seed: number;
}

/** @throws CliError for what cannot be meant */
export function readHistoryWords(call: Call, now: Date): HistoryWords {
  return {
    sinceMs: readSince(textOption(call, "since"), now),
    marginShare: readMargin(textOption(call, "margin") ?? "5%"),
    last: wholeOption(call, "last", 1, 100_000) ?? 200,
    seed: wholeOption(call, "seed", 0, 2 ** 32 - 1) ?? 1,
  };
}

const dayMs = 86_400_000;

function readSince(written: string | null, now: Date): number | null {
  if (written === null) return null;
  const [, days] = /^(\d{1,5})d$/.exec(written) ?? [];
  const agoMs = days === undefined ? parseDuration(written) : Number(days) * dayMs;
  if (agoMs !== null) return now.getTime() - agoMs;
  const at = /^\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?$/.test(written) ? Date.parse(written) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new CliError(
    exitCodes.usage,
    `--since: expected "7d", "12h", or a date in UTC such as 2026-11-20 or 2026-11-20T03:00:00Z, got "${written}"`,
  );
}

function readMargin(written: string): number {
  const [, percent] = /^(\d{1,3}(?:\.\d{1,3})?)\s?%$/.exec(written) ?? [];
  if (percent !== undefined) return Number(percent) / 100;
  throw new CliError(exitCodes.usage, `--margin: expected a share such as "5%", got "${written}"`);
}
