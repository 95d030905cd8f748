import { changeSentence, failingSentence, lastChange, nowFailing } from "./history/history-words.ts";
import type { ReportedHistory } from "./history/reported-history.ts";
import type { JunitCase, JunitSuite } from "./junit-cases.ts";

/** A case a figure, and one a target that was checked: it fails where what it follows got worse and has stayed so. */
export function historySuite(history: ReportedHistory): JunitSuite {
  const worse = new Map(lastChange(history, "worse").map((told) => [told.series, changeSentence(history, told)]));
  const failing = new Map(nowFailing(history).map((checked) => [checked, failingSentence(history, checked)]));
  const figures = history.series.map((series): JunitCase => {
    const { metric, target, load, workload, enough } = series;
    const message = worse.get(series);
    return {
      name: metric,
      className: `${target}.${load}`,
      verdict: message !== undefined ? "fail" : enough ? "pass" : "skipped",
      type: "got-worse",
      message: message ?? "too few runs to tell a change from chance",
      details: [workload],
      elapsedMs: 0,
    };
  });
  const checked = history.checked.map((one): JunitCase => {
    const message = failing.get(one);
    const verdict = message === undefined ? "pass" : "fail";
    return {
      name: "checks",
      className: one.target,
      verdict,
      type: "fails-now",
      message: message ?? "",
      details: [],
      elapsedMs: 0,
    };
  });
  return { name: "history", kind: "history", cases: [...figures, ...checked] };
}
