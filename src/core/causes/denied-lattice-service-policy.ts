import type { Cause } from "./cause.ts";
import { deniedBy } from "./recognise/denial.ts";

export const deniedLatticeServicePolicy: Cause = {
  code: "denied-lattice-service-policy",
  layer: "policy",
  title: "The Lattice service's auth policy does not allow it",
  explanation:
    "The service has auth type AWS_IAM, and its auth policy does not allow this caller. With no policy at all everyone is refused. Unsigned callers are `anonymous` and need a statement that allows them. The access log says authDeniedReason `Service`.",
  remedy: () =>
    "Put an auth policy on the service that allows vpc-lattice-svcs:Invoke for this caller on arn:aws:vpc-lattice:REGION:ACCOUNT:service/svc-ID/* (the /* matters: a bare service ARN matches no request), or check the principal and the conditions of the one it has. If the message says anonymous, sign the request. Changes can take some minutes; get-auth-policy must say Active.",
  source: "https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html",
  trust: "code",
  refines: ["unexpected-status"],
  recognise: (exchanges, target) => deniedBy("lattice-service", exchanges, target),
};
