import type { Counted, Histogram } from "#core/statistics/histogram.ts";
import type { RowFigures } from "#core/statistics/rows.ts";

/** What a file of another tool tells. */
export interface ForeignRun {
  /** `k6`, `wrk2`, `vegeta` …, as far as the file says. */
  readonly tool: string;
  /** What kind of file it is, in words. */
  readonly format: string;
  /** ISO 8601 in UTC; null where the file does not say. */
  readonly startedAt: string | null;
  readonly loads: readonly ForeignLoad[];
  /** As the tool itself judged them. */
  readonly thresholds: readonly ForeignThreshold[];
  /** What could not be read and was left out, in sentences. */
  readonly leftOut: readonly string[];
}

/** Null, wherever it may be: the file does not tell, and nothing is guessed. */
export interface ForeignLoad {
  /** Null where all of the file is one load without a name. */
  readonly target: string | null;
  readonly origin: string | null;
  readonly rate: number | null;
  readonly connections: number | null;
  readonly achievedRate: number | null;
  readonly durationMs: number | null;
  readonly requests: number;
  /** By code of the catalogue of causes, or `unrecorded`. */
  readonly failures: Readonly<Record<string, number>> | null;
  readonly dropped: number | null;
  /** From sending to the last byte, about; `notes` say how the tool has it. */
  readonly serviceMs: ForeignTimes | null;
  /** From the moment a request was due. */
  readonly responseMs: ForeignTimes | null;
  readonly connectMs: ForeignTimes | null;
  readonly tlsMs: ForeignTimes | null;
  /** How it was measured and what its numbers mean in that tool, in sentences. */
  readonly notes: readonly string[];
  /** Of the times above that are known; absent where only quantiles are. */
  readonly samples: ForeignSamples | null;
}

export interface ForeignSamples {
  readonly of: "service" | "response";
  readonly whole: Histogram;
  /** In order of time and about as long as each other; empty where the file does not tell them apart. */
  readonly blocks: readonly Counted[];
  readonly seconds: readonly RowFigures[];
}

/** Milliseconds. */
export interface ForeignTimes {
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
  readonly max: number | null;
}

export interface ForeignThreshold {
  /** Null: of the load without a name. */
  readonly target: string | null;
  readonly rule: string;
  readonly held: boolean;
}

/** Failures of which the file does not say why. */
export const unrecorded = "cause-not-recorded";

/** How a file is read. */
export interface ForeignOptions {
  /** The tag by whose values requests are told apart; null: `target`, where there is one. */
  readonly by: string | null;
  /** Of a histogram's whole numbers; null where the file has to tell. */
  readonly unit: "ns" | "us" | "ms" | null;
  /** A histogram's bytes from base64 of its deflated form; null where it is none. */
  readonly unpack: (text: string) => Uint8Array | null;
}

/** The run, or what is wrong with the file and where, in a clause. */
export type ForeignReading =
  | { readonly kind: "run"; readonly run: ForeignRun }
  | { readonly kind: "problem"; readonly problem: string };

export const problem = (text: string): ForeignReading => ({ kind: "problem", problem: text });

/** Takes a file line by line, in memory that does not grow with it. */
export interface LineReader {
  /** @param number from 1. @returns what is wrong with the line, in a clause; null when nothing is */
  line(text: string, number: number): string | null;
  end(): ForeignReading;
}

/** A kind of file that can be read. */
export type ForeignFormat = {
  /** In words, as it is listed for whoever brought something else. */
  readonly name: string;
  /** @param head the first characters, with at least one whole line where there is one */
  recognises(head: string): boolean;
} & (
  | { readonly kind: "lines"; begin(options: ForeignOptions): LineReader }
  | { readonly kind: "whole"; read(text: string, options: ForeignOptions): ForeignReading }
);
