import { everyLayer, type Lint, latticeLayers } from "./lint.ts";
import type { Policy } from "./policy.ts";
import { variablesIn } from "./variables.ts";

const latticeQuotas = "https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html";
const authPolicies = "https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html";
const endpointLimits = "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html";
const apiGatewayLimits = "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html";
const variables = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html";

const tooLong = (policy: Policy, most: number, what: string) =>
  policy.text.length > most
    ? [
        {
          statement: null,
          message: `The document has ${policy.text.length} characters; ${what} takes ${most} at most.`,
        },
      ]
    : [];

const isForApis = ({ statements }: Policy): boolean =>
  statements.some(({ action }) => action.patterns.some((pattern) => /^execute-api:/i.test(pattern)));

export const documentLints: readonly Lint[] = [
  {
    layers: latticeLayers,
    source: latticeQuotas,
    look: (policy) => tooLong(policy, 10_240, "a Lattice auth policy"),
  },
  {
    layers: ["endpoint"],
    source: endpointLimits,
    look: (policy) => tooLong(policy, 20_480, "an endpoint policy"),
  },
  {
    layers: ["resource"],
    source: apiGatewayLimits,
    look: (policy) => (isForApis(policy) ? tooLong(policy, 8192, "a resource policy of API Gateway") : []),
  },
  {
    layers: latticeLayers,
    source: authPolicies,
    look: ({ text }) =>
      /[\r\n]/.test(text)
        ? [{ statement: null, message: "The document has line breaks, which Lattice refuses: write it on one line." }]
        : [],
  },
  {
    layers: everyLayer,
    source: variables,
    look: ({ version, text }) =>
      version === "2008-10-17" && variablesIn(text).length > 0
        ? [
            {
              statement: null,
              message: `The document has policy variables, which are plain text before version 2012-10-17: write "Version": "2012-10-17".`,
            },
          ]
        : [],
  },
];
