import type { ReportedHistory } from "../history/reported-history.ts";
import { durationMeanings } from "../load-words.ts";
import type { ReportedLoad, RunReport } from "../run-report.ts";
import { showShare } from "../show-number.ts";
import { html, type Markup } from "./markup.ts";
import type { SectionMaker } from "./section.ts";

/** What a sceptical reader asks: from where, by what means, and what the words mean. */
export const howItWasMeasured: SectionMaker = (report) => [
  {
    id: "how",
    title: "How it was measured",
    body: html`<div class="card"><dl>
${vantage(report)}${report.checks.length > 0 ? ofChecks : null}${report.loads.length > 0 ? ofLoads(report.loads) : null}${report.history === undefined ? null : ofHistory(report.history)}</dl></div>`,
  },
];

const vantage = ({
  vantage,
}: RunReport): Markup => html`<dt>From</dt><dd>${vantage.hostname}, ${vantage.os}, Node ${vantage.node}</dd>
<dt>Region, zone</dt><dd>${vantage.region ?? "not told"}, ${vantage.az ?? "not told"}</dd>
<dt>Instance, VPC</dt><dd>${vantage.instanceId ?? "not told"}, ${vantage.vpcId ?? "not told"}</dd>`;

const ofChecks: Markup = html`
<dt>Engine</dt><dd>Node, on sockets under its own control: one attempt an exchange, nothing is retried, TCP keep-alive off, TLS verification on.</dd>
<dt>Verdicts</dt><dd>A negative check (unsigned, wrong service, skewed clock …) passes when the request is refused for that very reason. Skipped means it did not apply, or that an earlier failure made it prove nothing.</dd>
<dt>Again</dt><dd>Every row can be judged and rendered again from <code>observations.ndjson</code>.</dd>`;

const ofLoads = (loads: readonly ReportedLoad[]): Markup => html`
${(["k6", "node", "foreign"] as const).filter((engine) => loads.some((load) => load.engine === engine)).map((engine) => html`<dt>Engine</dt><dd>${engines[engine]}</dd>`)}
<dt>Response</dt><dd>${durationMeanings.response}. Where a workload has no due times there is none, never a guess.</dd>
<dt>Service</dt><dd>${durationMeanings.service}.</dd>
<dt>Percentiles</dt><dd>From one HdrHistogram of every answered request, to three digits; never an average of percentiles. Failed requests are counted by cause and are in no latency. Warm-up is in nothing.</dd>
<dt>Reuse</dt><dd>Requests that found an open connection, of those that could have. Stale: written on a kept connection that then died without a byte of answer.</dd>
<dt>Verdicts</dt><dd>A rule that holds passes. If the generator itself was the bottleneck, the best that can be said is inconclusive.</dd>`;

const ofHistory = ({ falseAlarms, marginShare, since }: ReportedHistory): Markup => html`
<dt>Runs</dt><dd>Each with the figures its own report gives; a run that was interrupted, or whose generator was the bottleneck, is in no series. What was measured under another rate, engine or scenario is a series of its own.</dd>
<dt>Changes</dt><dd>Where a series is most unlike itself before and after, by ranks, and where chance explains that in less than ${showShare(falseAlarms)} of random orders; by ${showShare(marginShare)} of a time at least, by 0.1 points of a share. A level is the median of its runs.</dd>
<dt>Verdict</dt><dd>Fails where the last change of a figure was for the worse, or a target's checks began to fail${since === null ? "" : html`, with a run since ${since}`}. A change that came with another region, zone, version or VPC is told, and decides nothing.</dd>`;

const engines = {
  k6: "k6, one process; its transport sends some requests again when a kept connection dies: those are detected and reported as suspected retries.",
  foreign: "another tool, as named with each load; its notes say what its numbers mean.",
  node: "Node, on sockets under its own control: nothing is ever sent twice, so every stale reuse is seen.",
} as const satisfies Record<ReportedLoad["engine"], string>;
