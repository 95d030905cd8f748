import { type Answered, bodyKeptMax, type Exchange } from "#core/observations/exchange.ts";
import { compilePattern } from "#core/patterns/index.ts";
import { refusers } from "#core/targets/access.ts";
import { mayRefuse } from "#core/targets/expect-access.ts";
import type { BodyExpectation, Expectation, Target } from "#core/targets/target.ts";
import { quote } from "../words/quote.ts";
import { fits, turnedAway } from "./turned-away.ts";

/** How an answer departs from what the config expects. */
export type Departure =
  | { readonly kind: "status"; readonly expected: string }
  /** `what` is a sentence without its end: `the header x-a is missing`. */
  | { readonly kind: "content"; readonly what: string };

/** Whether the request was meant to be let in: signed as it should be, or unsigned where nothing is signed. */
export const meantToPass = ({ sent }: Exchange, { auth }: Target): boolean =>
  sent.signing === "correct" || (sent.signing === "unsigned" && auth === "none");

/** Null when the answer is as expected, by any of the target's requests that were sent like this one. */
export function departure(exchange: Exchange, answer: Answered, target: Target): Departure | null {
  // Nothing is expected of a signature in the query: some fronts read it and others do not.
  if (exchange.sent.signing === "presigned") return null;
  if (!meantToPass(exchange, target))
    return mayRefuse(answer.status) ? null : { kind: "status", expected: "a refusal (401 or 403)" };
  const departures = expectationsOf(exchange, target).map((expect) => departureFrom(expect, answer, target));
  return departures.includes(null) ? null : (departures[0] ?? null);
}

/** Of a request that the config does not know (a check's own), only the status can be expected. */
function expectationsOf({ sent }: Exchange, { requests, alsoAllowed }: Target): readonly Expectation[] {
  const alike = [...requests, ...alsoAllowed].filter(
    ({ method, path }) => method === sent.method && path === sent.path,
  );
  if (alike.length > 0) return alike.map(({ expect }) => expect);
  return [{ statuses: requests[0].expect.statuses, body: null, headers: {} }];
}

function departureFrom(expect: Expectation, answer: Answered, target: Target): Departure | null {
  if (expect.denied !== undefined) {
    const found = turnedAway(answer, target);
    if (found === null || !fits(expect.denied, found))
      return { kind: "status", expected: `a refusal by ${refusers[expect.denied]}` };
  }
  if (!expect.statuses.includes(answer.status)) return { kind: "status", expected: expect.statuses.join(" or ") };
  const missing = Object.entries(expect.headers).find(
    ([name, text]) => !answer.headers.some(([key, value]) => key === name && value.includes(text)),
  );
  if (missing !== undefined) return { kind: "content", what: `no header ${missing[0]} contains ${quote(missing[1])}` };
  if (expect.body === null || bodyIs(expect.body, answer)) return null;
  return { kind: "content", what: `the body ${answer.body === "" ? "is empty, and" : ""} ${lacking(expect.body)}` };
}

function bodyIs(expected: BodyExpectation, answer: Answered): boolean {
  switch (expected.kind) {
    case "contains":
      return answer.body.includes(expected.text);
    case "equals":
      return answer.bodyBytes > bodyKeptMax ? expected.text.startsWith(answer.body) : answer.body === expected.text;
    case "matches": {
      const pattern = compilePattern(expected.pattern);
      return pattern.kind === "compiled" && pattern.isIn(answer.body);
    }
  }
}

function lacking(expected: BodyExpectation): string {
  switch (expected.kind) {
    case "contains":
      return `does not contain ${quote(expected.text, 80)}`;
    case "equals":
      return `is not ${quote(expected.text, 80)}`;
    case "matches":
      return compilePattern(expected.pattern).kind === "compiled"
        ? `does not match ${quote(expected.pattern, 80)}`
        : // Of a run that another version saved.
          `cannot be held to ${quote(expected.pattern, 80)}, which this version does not search for`;
  }
}
