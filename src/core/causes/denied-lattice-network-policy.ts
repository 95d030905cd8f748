import type { Cause } from "./cause.ts";
import { deniedBy } from "./recognise/denial.ts";

export const deniedLatticeNetworkPolicy: Cause = {
  code: "denied-lattice-network-policy",
  layer: "policy",
  title: "The Lattice service network's auth policy does not allow it",
  explanation:
    "The service network has auth type AWS_IAM, and its auth policy does not allow this caller. It is decided before the service's own policy. Most often the caller is unsigned and the network admits authenticated callers only. The access log says authDeniedReason `Network`.",
  remedy: () =>
    "If the message says anonymous, sign the request: most network policies admit authenticated callers only. Otherwise allow vpc-lattice-svcs:Invoke for this caller in the auth policy of the service network through which it comes, and check its conditions (aws:PrincipalOrgID, vpc-lattice-svcs:SourceVpc). With auth type AWS_IAM and no policy everyone is refused. Changes can take some minutes.",
  source: "https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html",
  trust: "code",
  refines: ["unexpected-status"],
  recognise: (exchanges, target) => deniedBy("lattice-network", exchanges, target),
};
