import { clean } from "../clean.ts";
import { asked, endWord, furtherWords, idleTime, layerWord, showTimer } from "../keepalive-words.ts";
import type { ReportedKeepalive } from "../reported-keepalive.ts";
import type { RunReport } from "../run-report.ts";
import { wrap } from "../wrap.ts";
import type { TerminalView } from "./view.ts";

const heads = ["address", "idle timeout", "ends by", "timer of"] as const;

/** How long connections live, an address a line, and what clients should be set to. */
export const keepaliveLines = (report: RunReport, view: TerminalView): readonly string[] =>
  (report.keepalive ?? [])
    .filter(({ idle, age, requests }) => idle.length + age.length + requests.length > 0)
    .flatMap((one) => targetLines(one, view));

function targetLines(keepalive: ReportedKeepalive, view: TerminalView): readonly string[] {
  return [
    view.paint.bold(clean(asked(keepalive))),
    ...table(keepalive, view),
    ...furtherWords(keepalive).flatMap((line) =>
      wrap(clean(line), Math.max(20, view.columns - 8)).map(
        (part, index) => `${index === 0 ? "    " : "      "}${view.paint.dim(part)}`,
      ),
    ),
    ...adviceLines(keepalive, view),
    "",
  ];
}

function table({ idle }: ReportedKeepalive, view: TerminalView): readonly string[] {
  if (idle.length === 0) return [];
  const rows = idle.map((one) => [
    clean(one.protocol === "h2" ? `${one.address} h2` : one.address),
    idleTime(one),
    endWord(one),
    layerWord(one),
  ]);
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `    ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd();
  return [view.paint.dim(line(heads)), ...rows.map(line)];
}

function adviceLines({ advice }: ReportedKeepalive, view: TerminalView): readonly string[] {
  if (advice === null) return [];
  const age =
    advice.ageMaxMs === null
      ? []
      : [
          [
            "replace at",
            `${showTimer(advice.ageMaxMs)} of age, each up to ${advice.ageJitter * 100} % sooner by chance`,
          ] as const,
        ];
  const lines = [
    ["drop idle", `after ${showTimer(advice.idleDropMs)}`] as const,
    ...age,
    ["TCP keepalive", `every ${showTimer(advice.tcpKeepAliveMs)}`] as const,
    ["retry", "once, where a reused connection ended before any answer and the call is safe to repeat"] as const,
  ];
  return lines.flatMap(([name, text]) =>
    wrap(text, Math.max(20, view.columns - 20)).map((part, index) =>
      index === 0 ? `    ${view.paint.cyan(name.padEnd(14))}${part}` : `    ${"".padEnd(14)}${part}`,
    ),
  );
}
