import type { Cause } from "./cause.ts";
import { frontOf } from "./recognise/front.ts";
import { wasAnswered } from "./recognise/replies.ts";
import { saying } from "./recognise/saying.ts";
import { sighting } from "./recognise/sighting.ts";
import { tellings } from "./recognise/telling.ts";

export const apigwUnknownRoute: Cause = {
  code: "apigw-unknown-route",
  layer: "policy",
  title: "The API has no such path, stage or method",
  explanation:
    "API Gateway answers a route it does not know with 403 `Missing Authentication Token`, the very words it has for a missing signature. For a request that was signed, the route is the likelier reason. A change that was not deployed, and a path without its stage, look the same.",
  remedy: () =>
    "Check the path, its stage prefix and the method against the deployed routes, letter by letter. Redeploy the stage: a change in the console is not in force before. If the route is right, its method is AWS_IAM and the signature did not arrive: sign for `execute-api`, and look for a proxy that drops the Authorization header.",
  source: "https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden",
  trust: "doc",
  refines: ["unexpected-status"],
  recognise(exchanges, target) {
    if (frontOf(target) !== "api-gateway") return null;
    const found = saying(exchanges, target, tellings["apigw-unknown-route"]);
    const evenSigned = found.some(({ exchange }) => exchange.sent.signing !== "unsigned");
    return sighting(
      evenSigned || target.auth === "none" ? "likely" : "possible",
      found.map(
        (reply) => `${wasAnswered(reply, target)} The request was sent ${howSent(reply.exchange.sent.signing)}.`,
      ),
    );
  },
};

const howSent = (signing: string): string => (signing === "unsigned" ? "unsigned" : "signed");
