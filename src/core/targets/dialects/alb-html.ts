import type { Fact } from "#core/facts.ts";
import type { Dialect, Refusal, Said } from "./dialect.ts";
import { type Seen, said, seen } from "./said.ts";
import { sources } from "./sources.ts";

const documented = seen("doc", sources.albTroubleshooting);
// The page and its length have been recorded for these; the lengths of the others follow from the same layout.
const recorded = seen("code", sources.albTroubleshooting);
const recalled = seen("recalled", sources.albTroubleshooting);

/** nginx's words, not RFC 9110's. */
const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  413: "Request Entity Too Large",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Temporarily Unavailable",
  504: "Gateway Time-out",
};

/** An answer that the load balancer gives by itself: a target's own answer keeps the target's `Server` header. */
function page(status: number, where: Seen): Fact<Said> {
  const title = titles[status] ?? "Error";
  const heading = `${status} ${title}`;
  const html = [
    "<html>",
    `<head><title>${heading}</title></head>`,
    "<body>",
    `<center><h1>${heading}</h1></center>`,
    "</body>",
    "</html>",
    "",
  ].join("\r\n");
  const answer = said(
    status,
    [
      ["server", "awselb/2.0"],
      ["content-type", "text/html"],
    ],
    html,
    where,
  );
  return { ...answer, value: { ...answer.value, statusText: title } };
}

/** An Application Load Balancer: it knows nothing of SigV4, and gives one 502 for all that may go wrong with a function. */
export const albHtml: Dialect = {
  say(refusal: Refusal) {
    switch (refusal.kind) {
      case "headers-too-large":
        return page(400, documented);
      case "payload-too-large":
        return page(413, documented);
      case "no-targets":
        return page(503, recorded);
      case "target-timeout":
      case "integration-timeout":
        return page(504, documented);
      case "target-unreachable":
        return page(504, documented);
      case "invalid-function-response":
      case "function-error":
      case "throttled":
      case "function-not-found":
        return page(502, recorded);
      case "fixed":
        return page(refusal.status, recalled);
      case "no-route":
      case "unknown-route":
      case "not-identified":
        return page(404, recalled);
      default:
        return page(403, recalled);
    }
  },
};
