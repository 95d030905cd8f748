import { readFile } from "node:fs/promises";
import { decodeRun, type SavedRun } from "#core/observations/saved-run.ts";
import { readSavedLoad, type SavedLoad } from "#core/plan/saved-load.ts";
import type { ComparableRun, RunSubject } from "#core/reporters/across/comparable-run.ts";
import type { ReportedLoad, RunReport } from "#core/reporters/run-report.ts";
import type { Counted } from "#core/statistics/histogram.ts";
import { decodeSlots } from "#core/statistics/histogram-bytes.ts";
import { timesOfLine } from "#core/statistics/saved-tally.ts";
import { ms } from "#core/units.ts";
import { type Call, CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";
import { restoreTargets } from "../judge-again.ts";
import { packing } from "../load/packing.ts";
import { reason } from "../open-run.ts";
import { rejudgeLoad } from "../rejudge-load.ts";
import { findSaved, labelOf } from "./find-saved.ts";
import { reportForeign } from "./report-foreign.ts";
import { readReportFile } from "./report-saved.ts";
import type { ReportWords } from "./report-words.ts";

/** A saved load of ours with all that was observed. */
export interface LoadRun {
  readonly file: string;
  readonly saved: Extract<SavedRun, { kind: "run" }>;
  readonly load: SavedLoad;
  readonly report: RunReport;
}

/** @throws CliError for what is no saved load */
export async function readLoadRun(call: Call, file: string): Promise<LoadRun> {
  const refuse = (why: string): CliError => new CliError(exitCodes.usage, `${file}: ${why}`);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new CliError(exitCodes.usage, `cannot read ${file}: ${reason(error)}`);
  });
  const saved = decodeRun(text);
  if (saved.kind === "no-run") throw refuse(saved.problem);
  if (saved.start.load === undefined)
    throw refuse(`it is a run of ${saved.start.command}, and only loads are compared or merged`);
  const load = readSavedLoad(saved.start.load);
  const report = rejudgeLoad(saved, restoreTargets(saved.start, file), (line, problem) =>
    call.terminal.err(`pathproof: ${file}:${line}: ${problem}; left out\n`),
  );
  if (load === null || report === null) throw refuse("its first line does not say which load it was");
  return { file, saved, load, report };
}

/** Anything that `report` can read, ready to be set beside others. @throws CliError with the place, where it cannot be read */
export async function readComparable(call: Call, word: string, words: ReportWords): Promise<ComparableRun> {
  const found = await findSaved(call.directory, word);
  const name = labelOf(found);
  switch (found.kind) {
    case "run": {
      const run = await readLoadRun(call, found.file);
      const startedAtMs = Date.parse(run.report.startedAt);
      return {
        name,
        startedAtMs,
        report: run.report,
        plan: run.load.plan,
        subjects: run.report.loads.map((load) => observed(load, run)),
      };
    }
    case "report": {
      const report = await readReportFile(found.file);
      if (report.loads.length === 0) throw new CliError(exitCodes.usage, `${found.file}: it holds no load to compare`);
      const foreign = report.loads.some((load) => load.foreign !== undefined);
      const startedAtMs = foreign ? null : Date.parse(report.startedAt);
      return { name, startedAtMs, report, plan: null, subjects: report.loads.map(reportedOnly) };
    }
    case "foreign": {
      const { run, report } = await reportForeign(found.file, words);
      for (const lost of run.leftOut) call.terminal.err(`pathproof: ${found.file}: ${lost}\n`);
      const subjects = report.loads.map((load, index): RunSubject => {
        const samples = run.loads[index]?.samples ?? null;
        const parts = samples === null ? [] : samples.blocks.length > 0 ? samples.blocks : [samples.whole];
        return {
          load,
          service: samples?.of === "service" ? parts : [],
          response: samples?.of === "response" ? parts : [],
        };
      });
      return {
        name,
        startedAtMs: run.startedAt === null ? null : Date.parse(run.startedAt),
        report,
        plan: null,
        subjects,
      };
    }
  }
}

/** A line of the observations is a stretch of a second, or of ten. */
function observed(load: ReportedLoad, { saved }: LoadRun): RunSubject {
  const lines = saved.tallies.map(({ value }) => value);
  const stretches = (name: "service" | "response"): readonly Counted[] =>
    lines.flatMap((line) => timesOfLine(line, load.target, name, packing) ?? []);
  return { load, service: stretches("service"), response: stretches("response") };
}

/** Of a report alone there is the histogram of the whole. */
function reportedOnly(load: ReportedLoad): RunSubject {
  const bytes = load.histogram === null ? null : packing.unpack(load.histogram);
  const slots = bytes === null ? null : decodeSlots(bytes);
  if (slots === null || slots.length === 0) return { load, service: [], response: [] };
  const figure = (value: number | null | undefined) => () => (value == null ? null : ms(value));
  const whole: Counted = {
    count: slots.reduce((sum, [, count]) => sum + count, 0),
    mean: figure(load.serviceMs?.mean),
    min: figure(null),
    max: figure(load.serviceMs?.max),
    slots: () => slots,
  };
  return { load, service: [whole], response: [] };
}
