import { labAccount, labRegion } from "../targets.ts";
import type { PolicyFiles } from "../world.ts";
import { clientVpce } from "./names.ts";

const functions = `arn:aws:lambda:${labRegion}:${labAccount}:function:orders`;
const services = `arn:aws:vpc-lattice:${labRegion}:${labAccount}:service/*`;
const apis = `arn:aws:execute-api:${labRegion}:${labAccount}:*`;
const role = `arn:aws:iam::${labAccount}:role/pathproof-lab`;

const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/**
 * The policies of a healthy lab, as one would write them: each grants what is needed and no more.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-endpoints.html both ARN forms in an endpoint policy
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
 */
export const defaultPolicies = {
  identity: document(
    { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: [functions, `${functions}:*`] },
    { Effect: "Allow", Action: "vpc-lattice-svcs:Invoke", Resource: services },
    { Effect: "Allow", Action: "execute-api:Invoke", Resource: `${apis}/*` },
  ),
  endpoint: document(
    {
      Effect: "Allow",
      Principal: { AWS: role },
      Action: "lambda:InvokeFunction",
      Resource: [functions, `${functions}:*`],
    },
    { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: `${apis}/*` },
  ),
  resource: document(
    { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: `${apis}/*` },
    {
      Effect: "Deny",
      Principal: "*",
      Action: "execute-api:Invoke",
      Resource: `${apis}/*`,
      Condition: { StringNotEquals: { "aws:SourceVpce": clientVpce } },
    },
  ),
  latticeService: document({
    Effect: "Allow",
    Principal: { AWS: role },
    Action: "vpc-lattice-svcs:Invoke",
    Resource: services,
  }),
  latticeNetwork: document({
    Effect: "Allow",
    Principal: "*",
    Action: "vpc-lattice-svcs:Invoke",
    Resource: "*",
    Condition: { StringNotEquals: { "aws:PrincipalType": "Anonymous" } },
  }),
} as const satisfies Record<keyof PolicyFiles, string>;

const everything = { Action: "*", Resource: "*" };

/** An allow for something else: what is asked for here is allowed by nothing. */
const silent = (named: object): string =>
  document({ Effect: "Allow", ...named, Action: "s3:GetObject", Resource: "arn:aws:s3:::orders-archive/*" });

const denying = (named: object): string =>
  document({ Effect: "Allow", ...named, ...everything }, { Effect: "Deny", ...named, ...everything });

const anyone = { Principal: "*" };

/** What the policies are replaced by when something is wrong with one of them. */
export const faultyPolicies = {
  "identity-silent": { identity: silent({}) },
  "resource-silent": { resource: silent(anyone) },
  "endpoint-silent": { endpoint: silent(anyone) },
  "endpoint-lacks-qualified": {
    endpoint: document({
      Effect: "Allow",
      Principal: { AWS: role },
      Action: "lambda:InvokeFunction",
      Resource: functions,
    }),
  },
  "lattice-service-silent": { latticeService: silent(anyone) },
  "lattice-network-silent": { latticeNetwork: silent(anyone) },
  "identity-denies": { identity: denying({}) },
  "endpoint-denies": { endpoint: denying(anyone) },
  "resource-denies": { resource: denying(anyone), latticeService: denying(anyone) },
} as const satisfies Record<string, Partial<PolicyFiles>>;
