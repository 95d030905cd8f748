import { badge } from "./html/badge.ts";
import { type Markup, html as markup } from "./html/markup.ts";
import { matrix } from "./html/matrix.ts";
import { style } from "./html/style.ts";
import { targetDetails } from "./html/target-details.ts";
import { troubleCards } from "./html/trouble-card.ts";
import type { Reporter } from "./reporter.ts";
import type { RunReport } from "./run-report.ts";
import { headline, showElapsed } from "./words.ts";

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
<title>pathproof ${report.command}: ${report.verdict}</title><style>${style}</style></head>
<body><header><h1>pathproof ${report.command}</h1>
<div class="headline">${badge(report.verdict)}<p>${headline(report)}</p></div>
<p class="meta"><time datetime="${report.startedAt}">${report.startedAt.replace("T", " ").replace(/\.\d+Z$/, " UTC")}</time>, took ${showElapsed(report.elapsedMs)}, from ${report.vantage.hostname}</p></header>
<main>${troubleCards(report.checks)}${matrix(report)}${targetDetails(report)}${howItWasMeasured(report)}</main>
<footer>pathproof ${report.vantage.pathproof}. Every row can be rendered again from <code>observations.ndjson</code>; no secret key, token or signature is in this file.</footer></body></html>
`;

const howItWasMeasured = ({
  vantage,
}: RunReport): Markup => markup`<section aria-labelledby="how"><h2 id="how">How it was measured</h2>
<div class="card"><dl>
<dt>From</dt><dd>${vantage.hostname}, ${vantage.os}, Node ${vantage.node}</dd>
<dt>Region, zone</dt><dd>${vantage.region ?? "not told"}, ${vantage.az ?? "not told"}</dd>
<dt>Instance, VPC</dt><dd>${vantage.instanceId ?? "not told"}, ${vantage.vpcId ?? "not told"}</dd>
<dt>Engine</dt><dd>Node, on sockets under its own control: one attempt an exchange, nothing is retried, TCP keep-alive off, TLS verification on.</dd>
<dt>Verdicts</dt><dd>A negative check (unsigned, wrong service, skewed clock …) passes when the request is refused for that very reason. Skipped means it did not apply, or that an earlier failure made it prove nothing.</dd>
</dl></div></section>`;
