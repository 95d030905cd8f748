import type { Charge } from "#core/cost/charge.ts";
import { costOfRun } from "#core/cost/cost-of-run.ts";
import { pathOf } from "#core/cost/path-of.ts";
import { listPrices, type OwnPrices, withPrices } from "#core/cost/prices.ts";
import { bytes } from "#core/units.ts";

/** What a run would add to the bill, at most, in US dollars: an estimate, never a quote. */
export interface RunCost {
  readonly usd: number;
  readonly targets: readonly { readonly target: string; readonly usd: number; readonly charges: readonly Charge[] }[];
  /** What is in it and what not, in sentences. */
  readonly notes: readonly string[];
}

export interface CostedTarget {
  readonly target: string;
  readonly kind: string;
  readonly requests: number;
  readonly requestBytes: number;
}

export function describeCost(
  costed: readonly CostedTarget[],
  durationMs: number,
  own: OwnPrices | null = null,
): RunCost {
  const prices = own === null ? listPrices : withPrices(listPrices, own);
  const targets = costed.map(({ target, kind, requests, requestBytes }) => {
    const charges = costOfRun(pathOf(kind, 1).path, { requests, bytes: bytes(requestBytes), durationMs }, prices);
    return { target, usd: charges.reduce((sum, { usd }) => sum + usd, 0), charges };
  });
  const seen = [...new Set(targets.flatMap(({ charges }) => charges.map(({ region, asOf }) => `${region}, ${asOf}`)))];
  return {
    usd: targets.reduce((sum, { usd }) => sum + usd, 0),
    targets,
    notes: [
      seen.length === 0
        ? "Nothing is known of what plain HTTP origins cost."
        : `An estimate from prices as seen (${seen.join("; ")}), not a quote.`,
      "Requests and what they carry, without the answers, whose size is not known yet; the hours of endpoints, services and load balancers are paid for in any case, and the function behind them is not in it.",
    ],
  };
}

/** What requests cost that are made once and not at a rate; of bytes their bodies count. */
export const costOfRequests = (
  targets: readonly (Omit<CostedTarget, "requestBytes"> & { readonly bodyBytes: number })[],
): RunCost =>
  describeCost(
    targets.map(({ bodyBytes, ...one }) => ({ ...one, requestBytes: bodyBytes })),
    // Per request nothing is charged by the time it takes, so that any will do.
    60_000,
  );

/** `Cost of the run: less than 0.01 USD at most. An estimate …` */
export const showCost = ({ usd, notes }: RunCost): string =>
  `Cost of the run: ${showUsd(usd)}${usd === 0 ? "" : " at most"}. ${notes.join(" ")}`;

/** `about 0.02 USD at most`, `less than 0.01 USD`. */
export const showUsd = (usd: number): string =>
  usd === 0 ? "0 USD" : usd < 0.01 ? "less than 0.01 USD" : `about ${Number(usd.toPrecision(2))} USD`;
