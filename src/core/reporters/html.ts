import { badge } from "./html/badge.ts";
import { compact } from "./html/compact.ts";
import { type Markup, html as markup } from "./html/markup.ts";
import { script, scriptHash } from "./html/script.ts";
import { contents, section } from "./html/section.ts";
import { sections } from "./html/sections.ts";
import { style } from "./html/style/index.ts";
import { tallyBar } from "./html/tally-bar.ts";
import type { Reporter } from "./reporter.ts";
import type { RunReport } from "./run-report.ts";
import { showElapsed } from "./show-time.ts";
import { headline } from "./words.ts";

/** One file: no network (its own policy forbids it), readable without its script and on paper. */
export const html: Reporter = {
  format: "html",
  fileName: "report.html",
  render: (report) => page(report).markup,
};

function page(report: RunReport): Markup {
  const parts = sections.flatMap((make) => make(report));
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src '${scriptHash}'">
<meta name="referrer" content="no-referrer"><meta name="generator" content="pathproof ${report.vantage.pathproof}">
<title>pathproof ${report.command}: ${report.verdict}</title><style>${style}</style></head>
<body><a class="skip" href="#main">Skip to the findings</a>
${compact(head(report, contents(parts)))}
<main id="main" tabindex="-1">${compact(markup`${parts.map(section)}`)}</main>
<footer>pathproof ${report.vantage.pathproof}. No secret key, token or signature is in this file.</footer><script>${script}</script></body></html>
`;
}

const head = (
  report: RunReport,
  links: Markup,
): Markup => markup`<header><p class="brand">pathproof <b>${report.command}</b></p>
<div class="verdict ${report.verdict}"><h1>${badge(report.verdict)} <span>${headline(report).replace(/^Inconclusive: /, "")}</span></h1>
<p class="meta"><time datetime="${report.startedAt}">${report.startedAt.replace("T", " ").replace(/\.\d+Z$/, " UTC")}</time>${report.elapsedMs > 0 ? `, took ${showElapsed(report.elapsedMs)}` : null}, from ${report.vantage.hostname}</p>
${tallyBar("check", report.checks)}${tallyBar("threshold", report.thresholds)}</div>
${links}</header>`;
