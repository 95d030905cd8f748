import { clip } from "./clean.ts";
import { allChanges, byWords, dateOf, failingSentence, nowFailing, showValue } from "./history/history-words.ts";
import type { ReportedHistory } from "./history/reported-history.ts";
import { text } from "./markdown-text.ts";

const rowsMax = 50;

/** What changed, the newest first. */
export function historySummary(history: ReportedHistory | undefined): readonly string[] {
  if (history === undefined) return [];
  const changes = allChanges(history);
  return [
    ...nowFailing(history).map((checked) => `- ${text(failingSentence(history, checked))}`),
    ...(changes.length === 0
      ? []
      : [
          "",
          "| since the run of | target | load | figure | before | after | by | |",
          "|---|---|---|---|--:|--:|--:|---|",
          ...changes.slice(0, rowsMax).map(({ series, change }) => {
            const { target, load, metric, unit } = series;
            const levels = `${showValue(unit, change.before)} | ${showValue(unit, change.after)}`;
            const beside = change.alongside.length === 0 ? change.direction : `with ${change.alongside.join(", ")}`;
            return `| ${dateOf(history, change.run)} | ${text(target)} | ${text(load)} | ${text(metric)} | ${levels} | ${byWords(series, change)} | ${text(beside)} |`;
          }),
        ]),
    "",
    ...history.warnings.map((warning) => `- ${text(clip(warning, 400))}`),
    "",
  ];
}
