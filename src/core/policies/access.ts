/** One request for access, as a policy sees it. */
export interface AccessContext {
  readonly principal: Principal;
  /** `lambda:InvokeFunction` */
  readonly action: string;
  /** ARN of what is asked for. */
  readonly resource: string;
  /** Request context by condition key; names in any case. What follows from the principal is added by `contextOf`. */
  readonly conditions: Readonly<Record<string, string | readonly string[]>>;
}

export type Principal =
  | { readonly kind: "anonymous" }
  | {
      readonly kind: "aws";
      /** The session's ARN for an assumed role. */
      readonly arn: string;
      readonly account: string;
      /** `AssumedRole`, `User`, `Account`, `FederatedUser`: the value of `aws:PrincipalType`. */
      readonly type: string;
      /** The role that was assumed, path included; null unless `type` is `AssumedRole`. */
      readonly roleArn: string | null;
    };

/** Values by lower-case condition key: key names are not case-sensitive. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/**
 * What follows from who is calling. An anonymous request has no `aws:PrincipalArn`; a role session has its role's.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal
 */
function principalKeys(principal: Principal): Readonly<Record<string, string>> {
  if (principal.kind === "anonymous") {
    return { "aws:PrincipalType": "Anonymous", "aws:PrincipalAccount": "anonymous", "aws:userid": "anonymous" };
  }
  return {
    "aws:PrincipalType": principal.type,
    "aws:PrincipalAccount": principal.account,
    "aws:PrincipalArn": principal.roleArn ?? principal.arn,
    "aws:PrincipalIsAWSService": "false",
  };
}

/** The whole request context; given conditions win over what follows from the principal. */
export function contextOf({ principal, conditions }: AccessContext): RequestContext {
  return new Map(
    [...Object.entries(principalKeys(principal)), ...Object.entries(conditions)].map(([key, value]) => [
      key.toLowerCase(),
      typeof value === "string" ? [value] : value,
    ]),
  );
}
