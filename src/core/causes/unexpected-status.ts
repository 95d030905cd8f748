import type { Cause } from "./cause.ts";
import { departure } from "./recognise/expectation.ts";
import { hasFailed } from "./recognise/failed.ts";
import { complaints, wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";

export const unexpectedStatus: Cause = {
  code: "unexpected-status",
  layer: "service",
  title: "The answer has another status than expected",
  explanation:
    "An answer came, and its status is not what the config expects; nothing in it matches a cause known more closely. A 403 of any kind proves that name, network and TLS are right.",
  remedy: ({ requests }) =>
    `Read the answer, and the log of what stands behind the path, for the reason. If the status is right, say so in the config: \`expect: { status: … }\` of this request (now ${requests[0].expect.statuses.join(" or ")}).`,
  source: "https://www.rfc-editor.org/rfc/rfc9110#section-15",
  trust: "doc",
  refines: [],
  recognise: (exchanges, target) =>
    sighting(
      exchanges.some(hasFailed) ? "possible" : "certain",
      complaints(exchanges, target).flatMap((reply) => {
        const departed = departure(reply.exchange, reply.answer, target);
        return departed?.kind === "status" ? [`${wasAnswered(reply, target)} Expected was ${departed.expected}.`] : [];
      }),
    ),
};
