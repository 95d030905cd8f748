import { kib, showBytes } from "#core/units.ts";
import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import { noEcho } from "./ask/applies.ts";
import { asEcho, echoRequest } from "./ask/echo-request.ts";
import { askFor, usualSigning } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { failBy } from "./judge/fail-by.ts";
import { phaseMeasures } from "./judge/measures.ts";
import { said } from "./judge/say.ts";

/** Tokens and cookies of ordinary applications; well within every kind's documented limit. */
const fillerBytes = kib(4);
const perHeader = 1024;

const fillers = Object.fromEntries(
  Array.from({ length: fillerBytes / perHeader }, (_, index) => [`x-pathproof-filler-${index}`, "f".repeat(perHeader)]),
);

export const requestHeadersFit: Check = {
  id: "request-headers-fit",
  group: "payload",
  title: "A few KiB of request headers are let through",
  why: "Session tokens and cookies grow; a proxy or server with a small limit refuses the requests of some callers only.",
  needs: ["event-has-documented-form"],
  alone: false,
  notFor: noEcho,
  script(target) {
    const request = echoRequest(target, {});
    return [
      askFor("request headers", {
        signing: usualSigning(target),
        request: { ...request, headers: { ...request.headers, ...fillers } },
      }),
    ];
  },
  judge(exchanges, target) {
    const [only] = exchanges;
    if (only === undefined) return inconclusive("the request was not sent");
    const measures = { ...phaseMeasures([only], "serviceMs"), headerBytes: only.sent.headerBytes };
    const summary = `a request with ${showBytes(only.sent.headerBytes)} of headers ${said(only)}`;
    return only.outcome.kind === "answered" && only.outcome.status < 400
      ? pass(summary, measures)
      : failBy(exchanges, asEcho(target), { summary, otherwise: "headers-too-large", measures });
  },
};
