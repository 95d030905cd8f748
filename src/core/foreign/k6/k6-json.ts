import type { ForeignFormat, ForeignOptions, LineReader } from "../foreign-run.ts";
import { amount, fieldsIn, firstLineFields, isFields, parseFields, text } from "../json.ts";
import { createK6Requests } from "./k6-requests.ts";
import { readStamp } from "./k6-stamp.ts";

/** `k6 run --out json=…`: a line a sample, and one for each metric when it is first seen. */
export const k6Json: ForeignFormat = {
  kind: "lines",
  name: "k6 JSON lines (k6 run --out json=FILE), plain or .gz",
  recognises(head) {
    const first = firstLineFields(head);
    return first !== null && typeof first["metric"] === "string" && isFields(first["data"]);
  },
  begin: readK6Json,
};

function readK6Json(options: ForeignOptions): LineReader {
  const requests = createK6Requests(options);
  return {
    line(line) {
      if (line.trim() === "") return null;
      // Most samples are of no interest here, and parsing them would be most of the work.
      if (!line.includes('"http_req') && !line.includes('"dropped_iterations"')) return null;
      const fields = parseFields(line);
      if (fields === null) return "the line is not JSON";
      if (fields["type"] !== "Point") return null;
      const data = fieldsIn(fields, "data");
      const value = amount(data["value"]);
      const atMs = readStamp(text(data["time"]));
      if (value === null || atMs === null) return "its time or its value is none";
      const tags = fieldsIn(data, "tags");
      const tag = (name: string): string | null => {
        const found = tags[name];
        return typeof found === "string" ? found : null;
      };
      requests.row({ metric: text(fields["metric"]), atMs, value, tag });
      return null;
    },
    end: () => requests.end({ format: "k6 JSON lines", stampMs: 0.001, leftOut: [] }),
  };
}
