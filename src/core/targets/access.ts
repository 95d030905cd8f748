/** Whoever the config's `credentials` are. */
export const defaultPrincipal = "default";
/** Whoever does not sign. */
export const anonymousPrincipal = "anonymous";

/**
 * By what a request is meant to be refused: the policy of a layer, any policy's explicit deny, the front that finds no valid
 * signature, or any of these.
 */
export const deniedBys = [
  "any",
  "authentication",
  "explicit",
  "identity-policy",
  "resource-policy",
  "endpoint-policy",
  "lattice-service-policy",
  "lattice-network-policy",
] as const;

export type DeniedBy = (typeof deniedBys)[number];

/** What should refuse, after `refused by`. */
export const refusers = {
  any: "anything",
  authentication: "authentication",
  explicit: "an explicit deny",
  "identity-policy": "the identity policy",
  "resource-policy": "the resource policy",
  "endpoint-policy": "the endpoint policy",
  "lattice-service-policy": "the Lattice service's policy",
  "lattice-network-policy": "the Lattice network's policy",
} as const satisfies Record<DeniedBy, string>;

/** What an answer shows to have refused a request; `unnamed`: it does not say. */
export const refuserNames = [...deniedBys.filter((by) => by !== "any"), "unnamed"] as const;

export type Refuser = (typeof refuserNames)[number];

/** What one principal may do, as the config has it. */
export interface Access {
  readonly principal: string;
  /** The name of a request of the target, or of one in `alsoAllowed`. */
  readonly action: string;
  readonly expected: ExpectedAccess;
}

export type ExpectedAccess =
  | { readonly kind: "allowed" }
  | { readonly kind: "denied"; readonly by: DeniedBy }
  /** Asked, and nothing is expected: for the table, and to be held against policies. */
  | { readonly kind: "observed" };

/** Policy documents as read beside the config, to be evaluated offline. Absent: not known; null: none is in force. */
export interface TargetPolicies {
  readonly endpoint?: PolicyDocument | null;
  readonly resource?: PolicyDocument | null;
  readonly "lattice-service"?: PolicyDocument | null;
  readonly "lattice-network"?: PolicyDocument | null;
  /** By principal. */
  readonly identity: Readonly<Record<string, PolicyDocument | null>>;
  /** By principal, as far as the config tells. */
  readonly callers: Callers;
  /** Whose the called thing is; null: not known. */
  readonly account: string | null;
  /** Condition keys that only the user knows, as written. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

export type Callers = Readonly<Record<string, Caller>>;

/** Whom credentials belong to. */
export interface Caller {
  /** Of a role, a role's session or a user. */
  readonly arn: string;
  /** Of a role that pathproof itself assumes; null where an ARN is all that is known. */
  readonly sessionName: string | null;
}

export interface PolicyDocument {
  /** As in the config: for sentences. */
  readonly file: string;
  /** JSON; empty until the file is read. */
  readonly text: string;
}
