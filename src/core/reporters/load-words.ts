import { refusers } from "#core/targets/access.ts";
import { failedRequests, failuresByCount, worstFirst } from "./load-tally.ts";
import type { ReportedLoad, RunReport } from "./run-report.ts";
import { dash, grouped, showRate, showShare } from "./show-number.ts";
import { showElapsed } from "./show-time.ts";
import { thresholdSentence } from "./threshold-words.ts";

/** A load run in one sentence. */
export function loadHeadline(report: RunReport): string {
  switch (report.verdict) {
    case "pass":
      return `${held(report.thresholds.length)}${everything(report.loads)}.`;
    case "fail":
      return `${upperFirst(failed(report))}.`;
    case "inconclusive":
      return `Inconclusive: ${doubt(report)}`;
    case "skipped":
      return report.loads.length === 0 ? "No load was made." : `${held(0)}${everything(report.loads)}.`;
  }
}

/** `Failures at …`, but `p99 of …`: a percentile is a name. */
const upperFirst = (text: string): string =>
  /^[a-z]{2,}\s/.test(text) ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : text;

function held(count: number): string {
  if (count === 0) return "No threshold was set: ";
  return count === 1 ? "The threshold held: " : `All ${count} thresholds held: `;
}

function failed(report: RunReport): string {
  const broken = report.thresholds.filter(({ verdict }) => verdict === "fail");
  const [first] = broken;
  if (first === undefined) return `The load failed: ${everything(report.loads)}`;
  const others =
    report.thresholds.length === 1 ? "" : `; ${broken.length} of ${report.thresholds.length} thresholds failed`;
  return `${thresholdSentence(first)}${others}`;
}

/** A sentence with its full stop. */
function doubt(report: RunReport): string {
  const saturated = report.loads.find((load) => load.saturated === true);
  if (saturated !== undefined)
    return `the generator itself was the bottleneck at ${saturated.target}. ${saturated.generator[0] ?? ""}`.trim();
  const open = worstFirst(report.thresholds).find(({ verdict }) => verdict === "inconclusive");
  if (open !== undefined) return `${thresholdSentence(open)}.`;
  return report.loads.length === 0 ? "no load was made." : `${everything(report.loads)}.`;
}

/** `119,976 requests to 2 targets, 12 failed (0.01%)`. */
function everything(loads: readonly ReportedLoad[]): string {
  const requests = loads.reduce((sum, load) => sum + load.requests, 0);
  const failures = loads.map(failedRequests);
  const known = failures.filter((count) => count !== null).reduce((sum, count) => sum + count, 0);
  const targets = new Set(loads.map(({ target }) => target)).size;
  const bad = outcomeWords(failures.includes(null) ? null : known, requests);
  return `${grouped(requests)} ${requests === 1 ? "request" : "requests"} to ${targets === 1 ? "one target" : `${targets} targets`}, ${bad}`;
}

/** `none failed`, `12 failed (0.02%)`. @param failed null where it is not known */
export function outcomeWords(failed: number | null, requests: number): string {
  if (failed === null) return "how many failed is not told";
  return failed === 0 ? "none failed" : `${grouped(failed)} failed (${showShare(failed / Math.max(1, requests))})`;
}

/** `k6, scenario steady, as reader, open loop at 200/s for 5 min`; of another tool's: `wrk2, read from after.hgrm (…)`. */
export function loadDescription(load: ReportedLoad): string {
  const lasted = load.durationMs === null ? "" : ` for ${showElapsed(load.durationMs)}`;
  if (load.foreign === undefined) return `${workloadWords(load)}${lasted}`;
  const { tool, format, file } = load.foreign;
  const asked = load.rate === null && load.connections === null ? "" : `, ${arrival(load)}`;
  return `${tool}, read from ${file} (${format})${asked}${lasted === "" ? "" : `,${lasted}`}`;
}

/** `k6, scenario steady, as reader, open loop at 200/s`: what runs must have in common to be one series. */
export const workloadWords = (load: ReportedLoad): string =>
  `${engineNames[load.engine]}, scenario ${load.scenario}${asWhom(load)}, ${arrival(load)}`;

const asWhom = ({ principal }: ReportedLoad): string => (principal === undefined ? "" : `, as ${principal}`);

const engineNames = { k6: "k6", node: "Node", foreign: "another tool" } as const satisfies Record<
  ReportedLoad["engine"],
  string
>;

function arrival({ rate, connections }: ReportedLoad): string {
  if (rate !== null) return `open loop at ${showRate(rate)}/s`;
  return connections === null
    ? "closed loop"
    : `closed loop on ${connections} ${connections === 1 ? "connection" : "connections"}`;
}

/** `12 (0.02%)`; `0` when there is none, a dash when nobody knows. */
export function failedWords(load: ReportedLoad): string {
  const count = failedRequests(load);
  if (count === null) return dash;
  return count === 0 ? "0" : `${grouped(count)} (${showShare(count / Math.max(1, load.requests))})`;
}

/** `10 response-timeout, 2 stale-reuse-reset`; empty when none failed. */
export const failureWords = (load: ReportedLoad): string =>
  failuresByCount(load)
    .map(([code, count]) => `${grouped(count)} ${code}`)
    .join(", ");

/** `800 by the endpoint policy, 40 by an explicit deny, as they should be`; empty when none was. */
export function refusalWords({ refusals = {} }: ReportedLoad): string {
  const all = Object.entries(refusals).sort(([, a], [, b]) => b - a);
  const each = all.map(([by, count]) => `${grouped(count)} by ${refuserWords[by] ?? by}`);
  return each.length === 0 ? "" : `${each.join(", ")}, as they should be`;
}

const refuserWords: Readonly<Record<string, string>> = {
  ...refusers,
  unnamed: "something that does not say what it is",
};

export const authWords = (auth: ReportedLoad["auth"]): string =>
  auth === null ? "signed or not is not told" : auth === "iam" ? "signed (iam)" : "unsigned";

/** `orders-lattice under steady`: what a table or chart is about. */
export const subjectOf = ({ target, load }: ReportedLoad): string => `${target} under ${load}`;

/** Requests per second, got and asked for: `199.9 of 200`. */
export const rateWords = ({ achievedRate, rate }: ReportedLoad): string =>
  `${achievedRate === null ? dash : showRate(achievedRate)}${rate === null ? "" : ` of ${showRate(rate)}`}`;

/** `99.97%` of the requests that could find an open connection; a dash when none could. */
export const reuseShare = ({ reuse }: ReportedLoad): string =>
  reuse === null || reuse.requests === 0 ? dash : showShare(reuse.ratio);

/** One sentence, for whoever wonders how good 99.9 % is. */
export function reuseSentence({ reuse }: ReportedLoad): string {
  if (reuse === null) return "How connections were kept is not told.";
  const stale =
    reuse.stale === 0
      ? "None was written on a connection that turned out dead."
      : `${grouped(reuse.stale)} ${reuse.stale === 1 ? "was" : "were"} written on a kept connection that then died without a byte of answer.`;
  const retries =
    reuse.suspectedRetries === 0
      ? ""
      : ` ${grouped(reuse.suspectedRetries)} ${reuse.suspectedRetries === 1 ? "seems" : "seem"} to have been sent twice by the transport without a word.`;
  if (reuse.requests === 0) return `No request could have found an open connection.${retries}`;
  return `${showShare(reuse.ratio)} of the requests that could find an open connection did. ${stale}${retries}`;
}

/** What each duration measures; the same in both engines. */
export const durationMeanings = {
  response:
    "from the moment the request was due to its last byte read: a stall counts against every request that should have been sent in it",
  service: "from the first byte of the request written to the last byte of the response read, on an open connection",
  connect: "TCP connect, of the requests that opened a connection",
  tls: "TLS handshake, of the requests that opened a connection",
} as const;
