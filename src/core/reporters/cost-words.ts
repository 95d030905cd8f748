import { grouped } from "./show-number.ts";

/** `0.031`, `12.40`, `1,234`: US dollars without their sign, to three digits or whole dollars. */
export function showUsdAmount(usd: number): string {
  if (usd === 0) return "0";
  if (usd >= 100) return grouped(Math.round(usd));
  return usd >= 1 ? usd.toFixed(2) : String(Number(usd.toPrecision(2)));
}
