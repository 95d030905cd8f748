import {
  type AcrossGroup,
  acrossGroups,
  answerWords,
  differenceWords,
  intervalWords,
  showQuantile,
  sideWords,
} from "../across/across-words.ts";
import type { ReportedAcrossPair } from "../across/reported-across.ts";
import { clean, clip } from "../clean.ts";
import type { RunReport } from "../run-report.ts";
import { wrap } from "../wrap.ts";
import { paragraph } from "./paragraph.ts";
import { colour, type TerminalView } from "./view.ts";

/** Saved runs side by side: what each took, by how much they differ, and what else was not alike. */
export function acrossLines({ across }: RunReport, view: TerminalView): readonly string[] {
  if (across === undefined) return [];
  return [
    ...acrossGroups(across).flatMap((group) => groupLines(group, view)),
    ...(across.differing.length === 0 ? [] : [view.paint.bold("not alike")]),
    ...across.differing.flatMap(({ fact, values }) => paragraph("  ", `${fact}: ${values.join(" → ")}`, view)),
    ...(across.differing.length === 0 ? [] : [""]),
    ...across.warnings.flatMap((warning) => paragraph("! ", warning, view)),
    "",
  ];
}

const columns = { name: 12, side: 8, difference: 11, interval: 22 } as const;

function groupLines(group: AcrossGroup, view: TerminalView): readonly string[] {
  const { target, a, b, measure, pairs } = group;
  const head = `${clip(clean(target), 40)}: ${clip(clean(a), 40)} compared with ${clip(clean(b), 40)}`;
  const warnings = [...new Set(pairs.flatMap((pair) => pair.warnings))];
  return [
    ...wrap(head, view.columns).map((line) => view.paint.bold(line)),
    view.paint.dim(
      [
        `  ${measure} ms`.padEnd(columns.name + 2),
        "before".padStart(columns.side),
        "after".padStart(columns.side),
        "difference".padStart(columns.difference),
      ].join(""),
    ),
    ...pairs.map((pair) => pairLine(pair, view)),
    ...warnings.flatMap((warning) => paragraph("    ", warning, view)),
    "",
  ];
}

function pairLine(pair: ReportedAcrossPair, view: TerminalView): string {
  const paint = colour(pair.verdict === "inconclusive" ? "inconclusive" : "pass", view);
  return [
    `  ${showQuantile(pair.quantile)}`.padEnd(columns.name + 2),
    ...[pair.bMs, pair.aMs].map((ms) => sideWords(ms).padStart(columns.side)),
    differenceWords(pair).padStart(columns.difference),
    `  ${intervalWords(pair)}`.padEnd(columns.interval),
    paint(answerWords(pair)),
  ].join("");
}
