import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import type { Cause, Confidence } from "./cause.ts";
import { denials } from "./recognise/denial.ts";
import { frontOf } from "./recognise/front.ts";
import { layerOf } from "./recognise/read-denial.ts";
import { complaints, type Reply, wasAnswered } from "./recognise/replies.ts";
import { saying } from "./recognise/saying.ts";
import { sighting } from "./recognise/sighting.ts";
import { tellings } from "./recognise/telling.ts";

export const authMissing: Cause = {
  code: "auth-missing",
  layer: "signing",
  title: "The service sees no signature",
  explanation:
    "The request reached the service without an Authorization header it could use: it was not signed, or something on the way took the header off. Lattice has no words for it: it calls the caller `anonymous` and lets the policies decide. API Gateway says `Missing Authentication Token` also, and more often, where the route does not exist.",
  remedy: (target) =>
    target.auth === "none"
      ? "Set `auth: iam` for this target and give pathproof credentials: the service demands a signature. If it should be open, set its auth type to NONE."
      : "Nothing needs to be done about unsigned requests, which are refused as they should be. If a signed request shows this, look for a proxy on the way that drops the Authorization header, and let signing be the last hop; check that the client signs at all, and in the header rather than the query.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  trust: "code",
  refines: [
    "denied-explicit",
    "denied-lattice-network-policy",
    "denied-lattice-service-policy",
    "denied-resource-policy",
    "unexpected-status",
  ],
  recognise(exchanges, target) {
    const missing = saying(exchanges, target, tellings["auth-missing"]).filter(({ answer }) => answer.status < 500);
    const confidence = missing.some((reply) => confidenceIn(reply, target) === "certain")
      ? "certain"
      : missing.some((reply) => confidenceIn(reply, target) === "likely")
        ? "likely"
        : "possible";
    return (
      sighting(
        confidence,
        missing.map((reply) => `${wasAnswered(reply, target)} ${howSent(reply.exchange)}`),
      ) ??
      sighting("likely", anonymous(exchanges, target)) ??
      sighting("possible", unauthorized(exchanges, target))
    );
  },
};

function confidenceIn({ exchange, said: { message } }: Reply, target: Target): Confidence {
  // API Gateway says the same of a route that does not exist, and there that is the more common reason.
  if (frontOf(target) !== "api-gateway" || message.startsWith("Authorization header")) return "certain";
  return exchange.sent.signing === "unsigned" && target.auth === "iam" ? "likely" : "possible";
}

const howSent = ({ sent }: Exchange): string =>
  sent.signing === "unsigned"
    ? "The request was sent unsigned."
    : `The request left here signed${sent.signing.startsWith("presigned") ? " in its query" : ""}.`;

/** On Lattice a signed caller is never anonymous, and an unsigned one is told which layer refused it. */
const anonymous = (exchanges: readonly Exchange[], target: Target): readonly string[] =>
  denials(exchanges, target)
    .filter(({ denial, exchange }) => {
      if (frontOf(target) !== "lattice" || denial.principal !== "anonymous") return false;
      return exchange.sent.signing !== "unsigned" || (layerOf(denial) === null && !denial.explicit);
    })
    .map((reply) => `${wasAnswered(reply, target)} ${howSent(reply.exchange)}`);

const unauthorized = (exchanges: readonly Exchange[], target: Target): readonly string[] =>
  complaints(exchanges, target)
    .filter(({ answer }) => answer.status === 401)
    .map((reply) => `${wasAnswered(reply, target)} ${howSent(reply.exchange)}`);
