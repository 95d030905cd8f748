import type { AccessRow } from "#core/verdicts/access-row.ts";
import {
  type AccessGrid,
  type AccessTrouble,
  accessGrids,
  accessLegend,
  accessTroubles,
  accessWord,
} from "../access-words.ts";
import { clean, clip } from "../clean.ts";
import type { RunReport } from "../run-report.ts";
import { plural } from "../words.ts";
import { wrap } from "../wrap.ts";
import { mark, type TerminalView } from "./view.ts";

/** Who may do what, a table a target: a principal a line, a request a column. Empty where nobody asked. */
export function accessLines(report: RunReport, view: TerminalView): readonly string[] {
  const grids = accessGrids(report.access ?? []);
  if (grids.length === 0) return [];
  const shown = grids.length <= gridsMax ? grids : grids.filter(inTrouble);
  const left = grids.length - shown.length;
  return [
    view.paint.bold("Who may do what"),
    ...shown.flatMap((grid) => gridLines(grid, view)),
    ...(left === 0
      ? []
      : [`  ${plural(left, "more target")} with everything as it should be: report.html has the tables`]),
    ...wrap(accessLegend, Math.max(20, view.columns - 2)).map((line) => `  ${view.paint.dim(line)}`),
    "",
  ];
}

/** More tables than these are not shown when all is well in them. */
const gridsMax = 8;

const inTrouble = ({ principals }: AccessGrid): boolean =>
  principals.some(({ cells }) => cells.some((row) => row !== null && row.verdict !== "pass"));

const nameMax = 20;

/** Columns that do not fit beside each other are told one band after the other, each with the principals again. */
function gridLines(grid: AccessGrid, view: TerminalView): readonly string[] {
  const { target, actions, principals } = grid;
  const names = Math.min(nameMax, Math.max(...principals.map(({ principal }) => principal.length)));
  const columns = actions.map((action, index) => ({
    index,
    title: clip(clean(action), nameMax),
    width: Math.max(
      Math.min(action.length, nameMax),
      ...principals.map(({ cells }) => wordOf(cells[index]).length + 2),
    ),
  }));
  return [
    `  ${view.paint.bold(clean(target))}`,
    ...bands(columns, view.columns - names - 6).flatMap((band) => [
      `    ${" ".repeat(names)}  ${view.paint.dim(band.map(({ title, width }) => title.padEnd(width)).join("  "))}`.trimEnd(),
      ...principals.map(
        ({ principal, cells }) =>
          `    ${clip(clean(principal), nameMax).padEnd(names)}  ${band.map(({ index, width }, at) => cellText(cells[index], at === band.length - 1 ? 0 : width, view)).join("  ")}`,
      ),
    ]),
    ...accessTroubles(grid).flatMap((trouble) => troubleLines(trouble, view)),
  ];
}

/** What is not as it should be, in words: the table has only its marks. */
function troubleLines({ verdict, principal, actions, says }: AccessTrouble, view: TerminalView): readonly string[] {
  const about = `${principal}, ${actions.join(", ")}: ${says}`;
  return wrap(clip(clean(about), 400), Math.max(20, view.columns - 8)).map(
    (line, at) => `    ${at === 0 ? mark(verdict, view) : " "} ${line}`,
  );
}

interface Column {
  readonly index: number;
  readonly title: string;
  readonly width: number;
}

function bands(columns: readonly Column[], room: number): readonly (readonly Column[])[] {
  const all: Column[][] = [];
  let used = 0;
  for (const column of columns) {
    const last = all.at(-1);
    if (last === undefined || used + 2 + column.width > room) {
      all.push([column]);
      used = column.width;
    } else {
      last.push(column);
      used += 2 + column.width;
    }
  }
  return all;
}

const wordOf = (row: AccessRow | null | undefined): string => (row == null ? "" : accessWord(row));

/** The mark says whether it is as it should be, the word what it is. */
function cellText(row: AccessRow | null | undefined, width: number, view: TerminalView): string {
  if (row == null) return " ".repeat(width);
  const word = wordOf(row).padEnd(Math.max(0, width - 2));
  return `${mark(row.verdict, view)} ${row.verdict === "fail" ? view.paint.red(word) : row.seen.access === "denied" ? view.paint.dim(word) : word}`;
}
