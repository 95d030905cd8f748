import type { Cause } from "./cause.ts";
import { sayingSighted, signatureConfidence } from "./recognise/saying.ts";
import { tellings } from "./recognise/telling.ts";
import { byKind } from "./words/by-kind.ts";

export const authWrongService: Cause = {
  code: "auth-wrong-service",
  layer: "signing",
  title: "The request is signed for another service",
  explanation:
    "The credential scope names a service that this endpoint is not. Signers that guess the service from the host name get private names wrong, and Lattice has two names: vpc-lattice for the control plane, vpc-lattice-svcs for requests to services.",
  remedy: (target) =>
    byKind(target, {
      "lambda-endpoint": "Sign for the service `lambda`, whatever the endpoint's host name.",
      lattice: "Sign for the service `vpc-lattice-svcs`; `vpc-lattice` is the control plane.",
      "api-gateway": "Sign for the service `execute-api`; `apigateway` is the control plane.",
      other: "Set `service` of this target to what the answer asks for.",
    }),
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  trust: "code",
  refines: ["auth-signature-mismatch", "unexpected-status"],
  recognise: (exchanges, target) =>
    sayingSighted(exchanges, target, tellings["auth-wrong-service"], signatureConfidence(target)),
};
