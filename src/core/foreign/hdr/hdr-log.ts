import { createHistogram, type Histogram } from "#core/statistics/histogram.ts";
import {
  type ForeignFormat,
  type ForeignLoad,
  type ForeignOptions,
  type ForeignReading,
  type LineReader,
  problem,
} from "../foreign-run.ts";
import { decodeHdr, type HdrCounts } from "./hdr-decode.ts";
import { createHdrSum, type HdrSum, toHistogram } from "./hdr-sum.ts";

/**
 * Interval logs of HdrHistogram, as its HistogramLogWriter writes them: a line an interval and tag.
 *
 * @see https://github.com/HdrHistogram/HdrHistogram/blob/master/src/main/java/org/HdrHistogram/HistogramLogWriter.java
 */
export const hdrLog: ForeignFormat = {
  kind: "lines",
  name: "HdrHistogram interval log (V2, as HistogramLogWriter writes it)",
  recognises: (head) => head.split("\n").some((line) => isLegend(line) || intervalLine.test(line)),
  begin: readHdrLog,
};

const isLegend = (line: string): boolean =>
  line.startsWith("#[Histogram log format version") || line.startsWith('"StartTimestamp","Interval_Length"');

const intervalLine = /^(?:Tag=([^,]*),)?([\d.]+),([\d.]+),([\d.]+),(HIST[A-Za-z0-9+/=]*)\s*$/;

interface Tagged {
  readonly sum: HdrSum;
  /** Of the whole, and interval by interval: as counted, until the unit is known. */
  readonly intervals: HdrCounts[];
  seconds: number;
  shortest: number;
  longest: number;
}

/** Neighbours are put together beyond this: a day of seconds need not be kept one by one. */
const intervalsMax = 64;
const tagsMax = 200;

function readHdrLog({ unit, unpack }: ForeignOptions): LineReader {
  const tags = new Map<string, Tagged>();
  let startSeconds: number | null = null;
  let firstSeconds: number | null = null;
  let perMsSeen: number | null = null;

  const note = (text: string): void => {
    const [, started] = /^#\[StartTime: ([\d.]+)/.exec(text) ?? [];
    if (started !== undefined) startSeconds = Number(started);
  };

  return {
    line(text) {
      if (text.startsWith("#")) note(text);
      if (text.startsWith("#") || text.startsWith('"') || text.trim() === "") return null;
      const [, tag = "", begins = "", lasts = "", most = "", packed = ""] = intervalLine.exec(text) ?? [];
      if (packed === "") return "it is no interval of a histogram log, or is cut off";
      const bytes = unpack(packed);
      if (bytes === null)
        return "its histogram cannot be unpacked: it is cut off, or not in the V2 compressed encoding";
      const reading = decodeHdr(bytes);
      if (reading.kind === "problem") return reading.problem;
      firstSeconds ??= Number(begins);
      perMsSeen ??= perMsOf(reading.counts, Number(most));
      if (!tags.has(tag) && tags.size >= tagsMax) return `it is of more than ${tagsMax} tags`;
      const own = tags.get(tag) ?? { sum: createHdrSum(), intervals: [], seconds: 0, shortest: Infinity, longest: 0 };
      tags.set(tag, own);
      own.sum.add(reading.counts);
      keep(own, reading.counts);
      own.seconds += Number(lasts);
      own.shortest = Math.min(own.shortest, Number(lasts));
      own.longest = Math.max(own.longest, Number(lasts));
      return null;
    },
    end() {
      if ([...tags.values()].every(({ sum }) => sum.count === 0))
        return problem("it holds no interval with a value in it");
      const perMs = unit === null ? (perMsSeen ?? unitsPerMs.ns) : unitsPerMs[unit];
      const loads = [...tags].filter(([, { sum }]) => sum.count > 0);
      return runOf({
        loads: loads.map(([tag, own]) => loadOf(tag, own, perMs, unitNote(perMs, unit !== null, perMsSeen !== null))),
        startedAt: startOf(startSeconds, firstSeconds),
      });
    },
  };
}

const runOf = ({
  loads,
  startedAt,
}: {
  readonly loads: readonly ForeignLoad[];
  readonly startedAt: string | null;
}): ForeignReading => ({
  kind: "run",
  run: { tool: "HdrHistogram", format: "interval log", startedAt, loads, thresholds: [], leftOut: [] },
});

function keep(own: Tagged, counts: HdrCounts): void {
  own.intervals.push(counts);
  if (own.intervals.length < 2 * intervalsMax) return;
  const pairs = own.intervals.flatMap((one, index) =>
    index % 2 === 0 ? [[...one, ...(own.intervals[index + 1] ?? [])]] : [],
  );
  own.intervals.splice(0, own.intervals.length, ...pairs);
}

const unitsPerMs = { ns: 1_000_000, us: 1000, ms: 1 } as const;

/** A line gives its largest value once whole and once divided, as a rule into milliseconds: the quotient tells the unit. */
function perMsOf(counts: HdrCounts, most: number): number | null {
  const highest = counts.at(-1)?.[0].highest ?? 0;
  if (!(most > 0) || highest === 0) return null;
  return Object.values(unitsPerMs).find((perMs) => Math.abs(highest / perMs / most - 1) < 0.05) ?? null;
}

const unitNames: Readonly<Record<number, string>> = { 1000000: "nanoseconds", 1000: "microseconds", 1: "milliseconds" };

function unitNote(perMs: number, told: boolean, seen: boolean): string {
  const name = unitNames[perMs] ?? "";
  if (told) return `Its values were taken as ${name}, as asked for.`;
  return seen
    ? `Its values were taken as ${name}: so they agree with the log's column of maxima, which by custom is in milliseconds. If they are not, say which with --unit.`
    : `Its values were taken as ${name}, which is the custom; if they are not, say which with --unit.`;
}

function startOf(startSeconds: number | null, firstSeconds: number | null): string | null {
  // Stamps of intervals are since the epoch or since a base: only the former are as large as that.
  const seconds = firstSeconds !== null && firstSeconds > 1e9 ? firstSeconds : startSeconds;
  return seconds === null || !(seconds > 0 && seconds < 1e11) ? null : new Date(seconds * 1000).toISOString();
}

function loadOf(tag: string, own: Tagged, perMs: number, unit: string): ForeignLoad {
  const histograms = own.intervals.map((counts) => toHistogram(counts, perMs));
  const durationMs = Math.round(own.seconds * 1000);
  return {
    target: tag === "" ? null : tag,
    ...{ origin: null, rate: null, connections: null, responseMs: null, connectMs: null, tlsMs: null },
    achievedRate: durationMs > 0 ? (own.sum.count * 1000) / durationMs : null,
    durationMs: durationMs > 0 ? durationMs : null,
    requests: own.sum.count,
    ...{ failures: null, dropped: null },
    serviceMs: own.sum.times(perMs),
    notes: [
      "An HdrHistogram log says what was recorded and how often, not what it was: from which moment to which, and whether failed requests or a correction for coordinated omission are in it, only its writer knows.",
      unit,
      "Quantiles are HdrHistogram's own, the highest value of their bucket.",
    ],
    samples: { of: "service", whole: merged(histograms), blocks: histograms, seconds: [] },
  };
}

function merged(parts: readonly Histogram[]): Histogram {
  const whole = createHistogram();
  for (const part of parts) whole.merge(part);
  return whole;
}
