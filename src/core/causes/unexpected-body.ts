import { bodyKeptMax } from "#core/observations/exchange.ts";
import { showBytes } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { departure } from "./recognise/expectation.ts";
import { hasFailed } from "./recognise/failed.ts";
import { complaints } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { place, request } from "./words/place.ts";
import { quote } from "./words/quote.ts";

export const unexpectedBody: Cause = {
  code: "unexpected-body",
  layer: "service",
  title: "The answer has the right status and another content than expected",
  explanation:
    "The status is as expected, and the body or a header is not. Typical are a rule that routes to another service, a default page, and a proxy's sign-in page, all of which answer 200.",
  remedy: () =>
    "See whose answer it is: a listener rule or route that leads to another service, a default action, a sign-in page. If the answer is right, correct `expect` of this request in the config.",
  source: "https://www.rfc-editor.org/rfc/rfc9110#section-15.3",
  trust: "doc",
  refines: [],
  recognise(exchanges, target) {
    const departed = complaints(exchanges, target).flatMap((reply) => {
      const found = departure(reply.exchange, reply.answer, target);
      return found?.kind === "content" ? [{ ...reply, what: found.what }] : [];
    });
    // What is looked for may be in the part of a long body that was not kept.
    const whole = departed.every(({ answer }) => answer.bodyBytes <= bodyKeptMax);
    return sighting(
      whole && !exchanges.some(hasFailed) ? "certain" : "possible",
      departed.map(({ exchange, answer, what }) => {
        const cut = answer.bodyBytes > bodyKeptMax ? `, of which ${showBytes(bodyKeptMax)} were kept` : "";
        return `In the answer ${answer.status} to ${request(exchange)} from ${place(exchange, target)}, ${what}. It has ${showBytes(answer.bodyBytes)}${cut}: ${quote(answer.body)}.`;
      }),
    );
  },
};
