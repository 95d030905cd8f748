import type { Exchange } from "#core/observations/exchange.ts";
import type { Cause } from "./cause.ts";
import { wasAnswered } from "./recognise/replies.ts";
import { saying, signatureConfidence } from "./recognise/saying.ts";
import { sighting } from "./recognise/sighting.ts";
import { tellings } from "./recognise/telling.ts";

export const authUnknownKey: Cause = {
  code: "auth-unknown-key",
  layer: "signing",
  title: "The access key or its session token is not known",
  explanation:
    "The service does not accept the access key id, or not with this session token. The key may be deleted, inactive, from another partition (China, GovCloud), or temporary and sent without the session token that belongs to it.",
  remedy: () =>
    "Check with `aws sts get-caller-identity` that the credentials are those you mean, and get new ones. Temporary credentials (ASIA…) need their session token beside key and secret: check AWS_SESSION_TOKEN. In opt-in Regions use tokens of the Regional STS endpoint.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  trust: "code",
  refines: ["auth-signature-mismatch", "unexpected-status"],
  recognise: (exchanges, target) =>
    sighting(
      signatureConfidence(target),
      saying(exchanges, target, tellings["auth-unknown-key"]).map(
        (reply) => `${wasAnswered(reply, target)}${withoutToken(reply.exchange)}`,
      ),
    ),
};

const withoutToken = ({ sent }: Exchange): string =>
  sent.signing === "missing-token" || sent.signing === "presigned-without-token"
    ? " The session token was left out of this request."
    : "";
