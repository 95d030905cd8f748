import { checkEvent } from "#core/events/check-event.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { RequestToSend } from "#core/observations/step.ts";
import type { EventForm, Target } from "#core/targets/target.ts";
import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import { noEcho } from "./ask/applies.ts";
import { asEcho, echoRequest } from "./ask/echo-request.ts";
import { askFor, usualSigning } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { failBy } from "./judge/fail-by.ts";
import { phaseMeasures } from "./judge/measures.ts";
import { list, said } from "./judge/say.ts";

/** What events differ in: a repeated parameter, an encoded one, and a body beyond ASCII. */
const query = "pathproof=1&pathproof=2&note=a%20b";
const body = "pathproof asks for the event, naïvely";

function request(target: Target): RequestToSend {
  const asked = echoRequest(target, {}, body);
  if (target.echo?.event === "direct") return asked;
  return { ...asked, path: `${asked.path}${asked.path.includes("?") ? "&" : "?"}${query}` };
}

export const eventHasDocumentedForm: Check = {
  id: "event-has-documented-form",
  group: "payload",
  title: "The function gets the documented event, with everything that was sent",
  why: "Functions are written against an event's form: another version, a multi-value switch or a proxy that drops a header breaks them behind a 200.",
  needs: ["answer-is-as-expected"],
  alone: false,
  notFor: noEcho,
  script: (target) => [askFor("event", { signing: usualSigning(target), request: request(target) })],
  judge(exchanges, target) {
    const [only] = exchanges;
    if (only === undefined || target.echo === null) return inconclusive("the request was not sent");
    const measures = phaseMeasures([only], "serviceMs");
    const problems = departures(only, target, target.echo.event);
    if (problems.length === 0)
      return pass(`the event has the form ${target.echo.event}, and holds what was sent`, measures);
    return failBy(exchanges, asEcho(target), { summary: list(problems, 3), otherwise: "unexpected-body", measures });
  },
};

function departures(exchange: Exchange, target: Target, form: EventForm): readonly string[] {
  const { outcome } = exchange;
  const event = outcome.kind === "answered" && outcome.status < 400 ? parseJson(outcome.body) : undefined;
  if (event === undefined) return [`a request for the event ${said(exchange)}, without an event`];
  const { method, path, headers, body: text } = request(target);
  const sent = { method, path, headers: Object.entries(headers), body: text === null ? null : { text } };
  const found = checkEvent(form, event, sent);
  return found.kind === "ok" ? [] : found.problems;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
