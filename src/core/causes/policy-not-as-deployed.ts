import type { Cause } from "./cause.ts";
import { driftOf } from "./recognise/drift.ts";
import { replies } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";

export const policyNotAsDeployed: Cause = {
  code: "policy-not-as-deployed",
  layer: "policy",
  title: "The policy files say otherwise than the wire",
  explanation:
    "The policy files of the config, evaluated offline for this principal and this request, come to another answer than the path gave. Most often a file was changed and not deployed, or the deployed policy was changed by hand; a change that is minutes old may not be in force yet, and that of an API only after a deployment. What the evaluator cannot know (a condition key, a layer without a file) leaves its answer open, and then nothing is claimed.",
  remedy: () =>
    "Compare the deployed policy with the file: aws vpc-lattice get-auth-policy, aws lambda get-policy, aws apigateway get-rest-api, aws ec2 describe-vpc-endpoints, aws iam get-role-policy. Deploy the file, or take over what is deployed; redeploy the stage after a change to an API's policy. If they are the same, something outside of them decides: a service or resource control policy, a permissions boundary, another policy of the same layer.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
  trust: "doc",
  refines: [],
  recognise: (exchanges, target) =>
    sighting(
      "likely",
      replies(exchanges).flatMap((reply) => driftOf(reply, target)),
    ),
};
