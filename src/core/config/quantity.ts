import { type Ms, ms, type PerSecond, perSecond } from "#core/units.ts";
import { stringSchema } from "./scalar.ts";
import { ok, refuse, type Shape } from "./shape.ts";

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const hourMs = 3_600_000;

/** `250ms`, `60s`, `1.5m`, `1h` in milliseconds; null for anything else. */
export function parseDuration(written: string): Ms | null {
  const [, number, unit = ""] = /^(\d{1,9}(?:\.\d{1,6})?)(ms|s|m|h)$/.exec(written) ?? [];
  return number === undefined ? null : ms(Number(number) * (unitMs[unit] ?? 1));
}

/** `200/s`, `30/m`, `1/h` in events per second; null for anything else. */
export function parseRate(written: string): PerSecond | null {
  const [, number, unit = ""] = /^(\d{1,9}(?:\.\d{1,6})?)\/([smh])$/.exec(written) ?? [];
  return number === undefined ? null : perSecond((Number(number) * 1000) / (unitMs[unit] ?? 1));
}

/** `250ms`, `60s`, `5m`, `1h`: as a config has it. */
export function showDuration(value: Ms): string {
  const unit = ["h", "m", "s"].find((one) => value > 0 && value % (unitMs[one] ?? 1) === 0) ?? "ms";
  return `${value / (unitMs[unit] ?? 1)}${unit}`;
}

export const showRate = (value: PerSecond): string => `${value}/s`;

/**
 * A duration with its unit, a day at most. A bare number is refused: AWS consoles speak seconds and Node speaks
 * milliseconds.
 */
export const duration = (example: string, { zero = false } = {}): Shape<Ms> => ({
  schema: stringSchema("^\\d{1,9}(\\.\\d{1,6})?(ms|s|m|h)$", example),
  read(input, path) {
    const value = typeof input === "string" ? parseDuration(input) : null;
    if (value === null) return refuse(path, `a duration such as "${example}"`);
    if (value === 0 && !zero) return refuse(path, `a duration of more than nothing, such as "${example}"`);
    return value > 24 * hourMs ? refuse(path, "a duration of 24h at most") : ok(value);
  },
});

/** A rate with its unit. */
export const rate = (example: string): Shape<PerSecond> => ({
  schema: stringSchema("^\\d{1,9}(\\.\\d{1,6})?/[smh]$", example),
  read(input, path) {
    const value = typeof input === "string" ? parseRate(input) : null;
    return value === null || value === 0 ? refuse(path, `a rate such as "${example}"`) : ok(value);
  },
});
