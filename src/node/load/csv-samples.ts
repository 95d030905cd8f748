import { metrics } from "#core/plan/k6-metrics.ts";
import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { LoadSink } from "#core/plan/load-run.ts";
import { afterComma, createRowCutter, isNamed, lastComma, readNumber } from "./csv-rows.ts";
import { marks, readMetadata } from "./row-metadata.ts";
import { createSampler, type TimingField } from "./sampler.ts";
import { createTagTable, type RowTags, type TagTable } from "./tag-table.ts";

/** What the rows said, beside the samples. */
export interface StreamFacts {
  readonly samples: number;
  readonly iterations: number;
  readonly exceptions: number;
  readonly firstException: string | null;
  readonly dropped: number;
  readonly untagged: number;
  readonly lagMsMax: number;
}

export interface CsvSamples {
  /** @throws SyntaxError when what comes first is not the header of k6's CSV output */
  push(chunk: Buffer): void;
  /** Hands over what waited for more; call once, when the stream has ended. */
  end(): void;
  /** Whether k6 has begun to write. */
  readonly begun: boolean;
  readonly facts: StreamFacts;
}

/**
 * Folds k6's CSV rows into samples while they come. The rows of a request come together and begin with `http_reqs`; its
 * sample is handed over when its VU goes on or its iteration ends, since what a script finds out about the answer comes after them.
 */
export function createCsvSamples(
  plan: LoadPlan,
  sink: Pick<LoadSink, "sample" | "ended" | "dropped">,
  now: () => number = Date.now,
): CsvSamples {
  const sampler = createSampler(plan, sink);
  let table: TagTable | null = null;
  let iterations = 0;
  let exceptions = 0;
  let firstException: string | null = null;
  let lastRowMs = 0;
  let lagMsMax = 0;

  const tagsOf = (bytes: Buffer, start: number, end: number): RowTags => {
    if (table === null) throw new SyntaxError("k6 wrote a row before its header");
    return table.read(bytes.toString("latin1", afterComma(bytes, afterComma(bytes, afterComma(bytes, start))), end));
  };

  const onRequest = (bytes: Buffer, start: number, end: number): void => {
    const comma = lastComma(bytes, start, end);
    const endMs = readNumber(bytes, start + names.requests.length + 1) / 1000;
    lastRowMs = endMs;
    readMetadata(bytes, comma + 1, end);
    sampler.begin(marks.vu, tagsOf(bytes, start, comma), endMs, marks.dueMs, marks.closing);
  };

  const onLost = (bytes: Buffer, start: number, end: number): void => {
    const comma = lastComma(bytes, start, end);
    const endMs = readNumber(bytes, start + names.lost.length + 1) / 1000;
    readMetadata(bytes, comma + 1, end);
    const tags = tagsOf(bytes, start, comma);
    sampler.begin(marks.vu, tags, endMs, marks.dueMs, marks.closing);
    sampler.fail(marks.vu, tags.failure);
  };

  const onOther = (bytes: Buffer, start: number, end: number): void => {
    if (isNamed(bytes, start, names.sent)) {
      readMetadata(bytes, lastComma(bytes, start, end) + 1, end);
      sampler.wrote(marks.vu, readNumber(bytes, start + names.sent.length + 18));
    } else if (isNamed(bytes, start, names.iterations)) {
      iterations += 1;
      readMetadata(bytes, lastComma(bytes, start, end) + 1, end);
      sampler.finish(marks.vu);
    } else if (isNamed(bytes, start, names.failed)) {
      const comma = lastComma(bytes, start, end);
      readMetadata(bytes, comma + 1, end);
      sampler.fail(marks.vu, tagsOf(bytes, start, comma).failure);
    } else if (isNamed(bytes, start, names.lost)) {
      onLost(bytes, start, end);
    } else if (isNamed(bytes, start, names.refused)) {
      const comma = lastComma(bytes, start, end);
      readMetadata(bytes, comma + 1, end);
      sampler.refuse(marks.vu, tagsOf(bytes, start, comma).refuser);
    } else if (isNamed(bytes, start, names.dropped)) {
      const tags = tagsOf(bytes, start, lastComma(bytes, start, end));
      const value = readNumber(bytes, start + names.dropped.length + 18);
      sampler.drop(tags, value, readNumber(bytes, start + names.dropped.length + 1) / 1000);
    } else if (isNamed(bytes, start, names.exceptions)) {
      exceptions += 1;
      firstException ??= tagsOf(bytes, start, lastComma(bytes, start, end)).message;
    }
  };

  const cutter = createRowCutter((bytes, start, end) => {
    if (table === null) {
      table = createTagTable(columnsOf(bytes.toString("utf8", start, end)));
      return;
    }
    // `http_req…`: nine of a request's thirteen rows.
    if (bytes[start] === letterH && bytes[start + 4] === underscore && bytes[start + 5] === letterR) {
      if (isNamed(bytes, start, names.requests)) onRequest(bytes, start, end);
      else onTiming(bytes, start);
    } else onOther(bytes, start, end);
  });

  // Of the request whose rows are being read; names are told apart by their ninth letter, `http_req_B…`.
  const onTiming = (bytes: Buffer, start: number): void => {
    const name = timings[bytes[start + 9] ?? 0];
    if (name === undefined || !isNamed(bytes, start, name.bytes)) return;
    // The stamp has 16 digits: microseconds since the epoch, until the year 2286.
    sampler.timing(name.field, readNumber(bytes, start + name.bytes.length + 18));
  };

  return {
    push(chunk) {
      cutter.push(chunk);
      if (lastRowMs > 0) lagMsMax = Math.max(lagMsMax, now() - lastRowMs);
    },
    end: () => sampler.finishAll(),
    get begun() {
      return table !== null;
    },
    get facts() {
      return { ...sampler.facts, iterations, exceptions, firstException, lagMsMax };
    },
  };
}

const encode = (name: string): Uint8Array => new TextEncoder().encode(name);

const names = {
  requests: encode("http_reqs"),
  sent: encode("data_sent"),
  iterations: encode("iterations"),
  dropped: encode("dropped_iterations"),
  failed: encode(metrics.failed),
  lost: encode(metrics.lost),
  refused: encode(metrics.refused),
  exceptions: encode(metrics.exceptions),
};

const timings: readonly ({ readonly bytes: Uint8Array; readonly field: TimingField } | undefined)[] = (() => {
  const byLetter: ({ readonly bytes: Uint8Array; readonly field: TimingField } | undefined)[] = [];
  const known = [
    ["http_req_duration", "duration"],
    ["http_req_blocked", "blocked"],
    ["http_req_connecting", "connecting"],
    ["http_req_tls_handshaking", "tls"],
    ["http_req_sending", "sending"],
    ["http_req_receiving", "receiving"],
    ["http_req_failed", "failed"],
  ] as const;
  for (const [name, field] of known) byLetter[name.charCodeAt(9)] = { bytes: encode(name), field };
  return byLetter;
})();

const letterH = 0x68;
const letterR = 0x72;
const underscore = 0x5f;

/** From the fourth to the last but one. */
function columnsOf(header: string): readonly string[] {
  const columns = header.trimEnd().split(",");
  if (columns[0] !== "metric_name" || columns.at(-1) !== "metadata")
    throw new SyntaxError(`k6 began its output with ${JSON.stringify(header.slice(0, 80))}, which is no CSV header`);
  return columns.slice(3, -1);
}
