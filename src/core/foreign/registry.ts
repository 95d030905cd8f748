export { hdrLog } from "./hdr/hdr-log.ts";
export { hgrm } from "./hdr/hgrm.ts";
export { k6Csv } from "./k6/k6-csv.ts";
export { k6Json } from "./k6/k6-json.ts";
export { k6Summary } from "./k6/k6-summary.ts";
export { oha } from "./oha.ts";
export { vegetaReport } from "./vegeta/vegeta-report.ts";
export { vegetaCsv, vegetaJson } from "./vegeta/vegeta-results.ts";
export { wrk } from "./wrk.ts";
