import { badge } from "./html/badge.ts";
import { howItWasMeasured } from "./html/how-it-was-measured.ts";
import { loadSections } from "./html/load-sections.ts";
import { loadStyle } from "./html/load-style.ts";
import { type Markup, html as markup } from "./html/markup.ts";
import { matrix } from "./html/matrix.ts";
import { style } from "./html/style.ts";
import { targetDetails } from "./html/target-details.ts";
import { thresholdsTable } from "./html/thresholds-table.ts";
import { troubleCards } from "./html/trouble-card.ts";
import type { Reporter } from "./reporter.ts";
import type { RunReport } from "./run-report.ts";
import { showElapsed } from "./show-time.ts";
import { headline } from "./words.ts";

/** One file: no network (its own policy forbids it), no script, readable on paper. */
export const html: Reporter = {
  format: "html",
  fileName: "report.html",
  render: (report) => page(report).markup,
};

const page = (report: RunReport): Markup => markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer"><meta name="generator" content="pathproof ${report.vantage.pathproof}">
<title>pathproof ${report.command}: ${report.verdict}</title><style>${style}${loadStyle}</style></head>
<body><header><h1>pathproof ${report.command}</h1>
<div class="headline">${badge(report.verdict)}<p>${headline(report)}</p></div>
<p class="meta"><time datetime="${report.startedAt}">${report.startedAt.replace("T", " ").replace(/\.\d+Z$/, " UTC")}</time>, took ${showElapsed(report.elapsedMs)}, from ${report.vantage.hostname}</p></header>
<main>${troubleCards(report.checks)}${thresholdsTable(report)}${loadSections(report)}${report.checks.length === 0 ? null : markup`${matrix(report)}${targetDetails(report)}`}${howItWasMeasured(report)}</main>
<footer>pathproof ${report.vantage.pathproof}. No secret key, token or signature is in this file.</footer></body></html>
`;
