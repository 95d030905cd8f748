import type { Reporter } from "./reporter.ts";

export const json: Reporter = {
  format: "json",
  fileName: "report.json",
  render: (report) => `${JSON.stringify(report, null, 2)}\n`,
};
