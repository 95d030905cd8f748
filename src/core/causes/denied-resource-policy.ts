import type { Cause } from "./cause.ts";
import { deniedBy } from "./recognise/denial.ts";
import { byKind } from "./words/by-kind.ts";

export const deniedResourcePolicy: Cause = {
  code: "denied-resource-policy",
  layer: "policy",
  title: "The resource's policy does not allow it",
  explanation:
    "The policy on the resource itself (of the API, of the function) has no statement that allows this caller on this path. A private API needs one that allows its VPC endpoint, and a change to it takes effect only with the next deployment.",
  remedy: (target) =>
    byKind(target, {
      "api-gateway":
        "Allow execute-api:Invoke in the API's resource policy for this endpoint (aws:SourceVpce) or VPC (aws:SourceVpc), and redeploy the stage: without a deployment the old policy stays in force. Check that the request came by the endpoint the policy names.",
      "lambda-endpoint":
        "If the caller is in another account, allow lambda:InvokeFunction for it in the function's resource policy (aws lambda add-permission), with the qualifier when a version or alias is called. Check the Region and account of the ARN in the message.",
      other: "Allow the action for this caller in the policy of the resource that the message names.",
    }),
  source: "https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden",
  trust: "doc",
  refines: ["unexpected-status"],
  recognise: (exchanges, target) => deniedBy("resource", exchanges, target),
};
