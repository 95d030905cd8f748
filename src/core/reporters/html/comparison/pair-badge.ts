import type { ReportedPair } from "../../reported-comparison.ts";
import { html, type Markup } from "../markup.ts";

/** None of them is good or bad: a path that is faster may cost more. */
const looks = {
  faster: { glyph: "◀", name: "Faster", tone: "differs" },
  slower: { glyph: "▶", name: "Slower", tone: "differs" },
  equivalent: { glyph: "≈", name: "Alike", tone: "pass" },
  inconclusive: { glyph: "?", name: "Open", tone: "inconclusive" },
} as const satisfies Record<ReportedPair["verdict"], { glyph: string; name: string; tone: string }>;

export function pairBadge(verdict: ReportedPair["verdict"]): Markup {
  const { glyph, name, tone } = looks[verdict];
  return html`<span class="badge ${tone}">${glyph} ${name}</span>`;
}
