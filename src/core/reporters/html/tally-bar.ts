import type { OverallVerdict } from "../run-report.ts";
import { grouped } from "../show-number.ts";
import { countVerdicts } from "../tally.ts";
import { plural, verdictWords } from "../words.ts";
import { html, type Markup } from "./markup.ts";

const order: readonly OverallVerdict[] = ["fail", "inconclusive", "pass", "skipped"];

/** How many came out each way, as lengths and in words: `1 of 25 checks failed` reads at a glance. */
export function tallyBar(noun: string, verdicts: readonly { readonly verdict: OverallVerdict }[]): Markup {
  if (verdicts.length === 0) return html``;
  const counts = countVerdicts(verdicts);
  const present = order.filter((verdict) => counts[verdict] > 0);
  return html`<div class="tally" aria-hidden="true">${present.map((verdict) => html`<span class="${verdict}" style="flex-grow:${counts[verdict]}"></span>`)}</div>
<p class="meta">${plural(verdicts.length, noun)}: ${present.map((verdict) => `${grouped(counts[verdict])} ${verdictWords[verdict]}`).join(", ")}</p>`;
}
