import type { Effects } from "../fault.ts";
import { labRoles, partnerAccount } from "../principals.ts";
import { labAccount, labRegion, labRole } from "../targets.ts";
import type { PolicyFiles } from "../world.ts";
import { clientVpce } from "./names.ts";

const functions = `arn:aws:lambda:${labRegion}:${labAccount}:function:orders`;
const services = `arn:aws:vpc-lattice:${labRegion}:${labAccount}:service/*`;
const apis = `arn:aws:execute-api:${labRegion}:${labAccount}:*`;
const role = labRole;
const roleOf = (name: string): string => labRoles.find((one) => one.name === name)?.arn ?? "";
const known = [role, roleOf("reader"), roleOf("auditor"), roleOf("suspended")];

const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

const latticeClients = [
  {
    Sid: "Clients",
    Effect: "Allow",
    Principal: { AWS: [role, roleOf("suspended")] },
    Action: "vpc-lattice-svcs:Invoke",
    Resource: services,
  },
  {
    Sid: "NobodyAdministers",
    Effect: "Deny",
    Principal: "*",
    Action: "vpc-lattice-svcs:Invoke",
    Resource: `${services}/admin`,
  },
];

/**
 * The policies of a healthy lab, as one would write them: each grants what is needed and no more.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-endpoints.html both ARN forms in an endpoint policy
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
 */
export const defaultPolicies = {
  identity: document(
    { Sid: "InvokeOrders", Effect: "Allow", Action: "lambda:InvokeFunction", Resource: [functions, `${functions}:*`] },
    { Sid: "CallServices", Effect: "Allow", Action: "vpc-lattice-svcs:Invoke", Resource: services },
    { Sid: "CallApis", Effect: "Allow", Action: "execute-api:Invoke", Resource: `${apis}/*` },
  ),
  endpoint: document(
    {
      Sid: "InvokeOrders",
      Effect: "Allow",
      Principal: { AWS: known },
      Action: "lambda:InvokeFunction",
      Resource: [functions, `${functions}:*`],
    },
    { Sid: "CallApis", Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: `${apis}/*` },
  ),
  resource: document(
    { Sid: "CallApis", Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: `${apis}/*` },
    {
      Sid: "NoPartners",
      Effect: "Deny",
      Principal: "*",
      Action: "execute-api:Invoke",
      Resource: `${apis}/*`,
      Condition: { StringEquals: { "aws:PrincipalAccount": partnerAccount } },
    },
    {
      Sid: "ThisEndpointOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "execute-api:Invoke",
      Resource: `${apis}/*`,
      Condition: { StringNotEquals: { "aws:SourceVpce": clientVpce } },
    },
  ),
  latticeService: document(...latticeClients, {
    Sid: "Readers",
    Effect: "Allow",
    Principal: { AWS: [roleOf("reader"), roleOf("auditor")] },
    Action: "vpc-lattice-svcs:Invoke",
    Resource: services,
    Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": "GET" } },
  }),
  latticeNetwork: document({
    Sid: "NoStrangers",
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
  "stranger-let-in": {
    latticeService: document(
      { Effect: "Allow", Principal: "*", Action: "vpc-lattice-svcs:Invoke", Resource: services },
      ...latticeClients,
    ),
  },
} as const satisfies Partial<Record<NonNullable<Effects["policy"]>, Partial<PolicyFiles>>>;

/** The policy of a reader who may not read. */
export const lockedOutIdentity = silent({});

/** Files as they were before the last change to what is deployed. */
export const outdatedFiles = {
  endpoint: document({
    Sid: "InvokeLive",
    Effect: "Allow",
    Principal: { AWS: role },
    Action: "lambda:InvokeFunction",
    Resource: `${functions}:*`,
  }),
  latticeService: document(...latticeClients),
} as const satisfies Partial<PolicyFiles>;
