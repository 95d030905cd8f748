import type { Principal } from "#core/policies/access.ts";
import { labAccount, labRegion } from "./targets.ts";

/** A role of the lab beside its client's own: what it is for, and what its own policy says. */
export interface LabRole {
  /** As in the config's `principals`. */
  readonly name: string;
  readonly arn: string;
  /** How the config comes by its credentials: a profile, or by assuming the role through the lab's STS. */
  readonly by: "profile" | "assume-role";
  /** JSON. */
  readonly identity: string;
}

/** Documentation's second account id: a partner's. */
export const partnerAccount = "444455556666";

const functions = `arn:aws:lambda:${labRegion}:${labAccount}:function:orders`;
const services = `arn:aws:vpc-lattice:${labRegion}:${labAccount}:service`;
const apis = `arn:aws:execute-api:${labRegion}:${labAccount}:*`;

const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

const allow = (sid: string, action: string, resource: string | readonly string[]) => ({
  Sid: sid,
  Effect: "Allow",
  Action: action,
  Resource: resource,
});

const call = (resource: string) => allow("CallServices", "vpc-lattice-svcs:Invoke", resource);
const everything = [
  allow("InvokeAnything", "lambda:InvokeFunction", "*"),
  call("*"),
  allow("CallAnyApi", "execute-api:Invoke", "*"),
];

/** Reads orders: by Lattice, by the API, and of the function its unqualified form alone. */
const reader: LabRole = {
  name: "reader",
  arn: `arn:aws:iam::${labAccount}:role/pathproof-lab-reader`,
  by: "profile",
  identity: document(
    allow("InvokeOrders", "lambda:InvokeFunction", functions),
    call(`${services}/*`),
    allow("ReadOrders", "execute-api:Invoke", `${apis}/*/GET/*`),
  ),
};

/** Assumed through STS; may see single orders. */
const auditor: LabRole = {
  name: "auditor",
  arn: `arn:aws:iam::${labAccount}:role/pathproof-lab-auditor`,
  by: "assume-role",
  identity: document(call(`${services}/*/orders/*`)),
};

/** Had every right, until somebody put a Deny beside them. */
const suspended: LabRole = {
  name: "suspended",
  arn: `arn:aws:iam::${labAccount}:role/pathproof-lab-suspended`,
  by: "profile",
  identity: document(...everything, { Sid: "Suspended", Effect: "Deny", Action: "*", Resource: "*" }),
};

/** Of another account, whose own policy allows everything. */
const stranger: LabRole = {
  name: "stranger",
  arn: `arn:aws:iam::${partnerAccount}:role/partner`,
  by: "profile",
  identity: document(...everything),
};

export const labRoles: readonly LabRole[] = [reader, auditor, suspended, stranger];

/** The role that STS gives sessions of, and what its trust policy demands. */
export const assumable = { role: auditor, externalId: "pathproof-lab" } as const;

/** The profile under which a role's credentials stand beside the lab's config. */
export const profileOf = ({ name }: Pick<LabRole, "name">): string => `lab-${name}`;

export const sessionOf = ({ arn }: LabRole, sessionName: string): Principal => {
  const [, account = "", name = ""] = /::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
  return {
    kind: "aws",
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${sessionName}`,
    account,
    type: "AssumedRole",
    roleArn: arn,
  };
};
