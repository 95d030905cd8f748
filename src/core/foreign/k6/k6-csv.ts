import { createRowJoiner, splitCsv } from "../csv-line.ts";
import type { ForeignFormat, ForeignOptions, LineReader } from "../foreign-run.ts";
import { problem } from "../foreign-run.ts";
import { createK6Requests, type K6Row } from "./k6-requests.ts";
import { readStamp, stampResolutionMs } from "./k6-stamp.ts";

/** `k6 run --out csv=…`, with whatever system tags, in any of its time formats. */
export const k6Csv: ForeignFormat = {
  kind: "lines",
  name: "k6 CSV (k6 run --out csv=FILE), plain or .gz",
  recognises: (head) => head.startsWith("metric_name,timestamp,metric_value"),
  begin: readK6Csv,
};

/** Rows of other metrics are most of the file: they are left before their tags are looked at. */
const wanted = new Set([
  "http_reqs",
  "http_req_duration",
  "http_req_connecting",
  "http_req_tls_handshaking",
  "http_req_sending",
  "http_req_receiving",
  "http_req_failed",
  "dropped_iterations",
]);

function readK6Csv(options: ForeignOptions): LineReader {
  const requests = createK6Requests(options);
  const joiner = createRowJoiner();
  let columns: readonly string[] = [];
  let stampMs = 0;

  const rowOf = (metric: string, atMs: number, value: number, text: string): K6Row => {
    let values: readonly string[] | null = null;
    let extra: ReadonlyMap<string, string> | null = null;
    const column = (name: string): string | null => {
      values ??= splitCsv(text);
      return values[columns.indexOf(name)] ?? null;
    };
    return {
      metric,
      atMs,
      value,
      tag(name) {
        const own = column(name);
        if (own !== null) return own;
        extra ??= pairsOf(column("extra_tags") ?? "");
        return extra.get(name) ?? null;
      },
    };
  };

  return {
    line(text, number) {
      if (number === 1) {
        columns = splitCsv(text.trimEnd());
        return null;
      }
      const row = joiner.take(text);
      if (row === null || row === "") return null;
      const first = row.indexOf(",");
      const metric = row.slice(0, first);
      if (first < 0) return "it is no row of k6's";
      if (!wanted.has(metric)) return null;
      const second = row.indexOf(",", first + 1);
      const third = row.indexOf(",", second + 1);
      if (second < 0 || third < 0) return "the row is cut off";
      const stamp = row.slice(first + 1, second);
      const atMs = readStamp(stamp);
      const value = Number(row.slice(second + 1, third));
      if (atMs === null) return `its time is none: ${JSON.stringify(stamp.slice(0, 40))}`;
      if (!(value >= 0)) return "its value is no number";
      if (stampMs === 0) stampMs = stampResolutionMs(stamp);
      requests.row(rowOf(metric, atMs, value, row));
      return null;
    },
    end() {
      if (columns.length === 0) return problem("it is empty");
      const leftOut = joiner.open ? ["the last row is cut off within a quoted value; left out"] : [];
      return requests.end({ format: "k6 CSV", stampMs, leftOut });
    },
  };
}

const pairsOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split("&").map((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
