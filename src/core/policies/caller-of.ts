import { anonymousPrincipal, type Caller } from "#core/targets/access.ts";
import type { Principal } from "./access.ts";

/** A principal of the config as policies see it, and how far it is known. */
export interface KnownCaller {
  readonly principal: Principal;
  /** Empty where it is not known. */
  readonly account: string;
  /** Condition keys that follow from it, present or not. */
  readonly keys: readonly string[];
  readonly conditions: Readonly<Record<string, string>>;
  /** What is not known of it, in a few words; null when it is. */
  readonly unknown: string | null;
  /** What the ARNs of its sessions begin with, where the session is not known. */
  readonly sessionsOf: string | null;
}

const always = ["aws:PrincipalType", "aws:PrincipalAccount", "aws:PrincipalIsAWSService"];
const shape = /^arn:(aws[a-z-]*):(?:iam|sts)::(\d{12}):(role\/|user\/|assumed-role\/|root$)(.*)$/;

export function callerOf(name: string, caller: Caller | null): KnownCaller {
  if (name === anonymousPrincipal) return nobody;
  const [, partition = "", account = "", sort = "", rest = ""] = shape.exec(caller?.arn ?? "") ?? [];
  if (caller === null || account === "") return somebody(name);
  const known = (principal: Principal, over: Partial<KnownCaller> = {}): KnownCaller => ({
    principal,
    account,
    keys: [...always, "aws:PrincipalArn"],
    conditions: {},
    unknown: null,
    sessionsOf: null,
    ...over,
  });
  const { arn, sessionName } = caller;
  switch (sort) {
    case "role/": {
      const sessions = `arn:${partition}:sts::${account}:assumed-role/${rest.split("/").at(-1)}/`;
      const of = { kind: "aws", account, type: "AssumedRole", roleArn: arn } as const;
      return sessionName === null
        ? known({ ...of, arn: `${sessions}*` }, { sessionsOf: sessions })
        : known({ ...of, arn: `${sessions}${sessionName}` });
    }
    case "assumed-role/": {
      const roleArn = `arn:${partition}:iam::${account}:role/${rest.split("/")[0]}`;
      return known({ kind: "aws", account, type: "AssumedRole", arn, roleArn });
    }
    case "user/": {
      const username = rest.split("/").at(-1) ?? "";
      const user = { kind: "aws", account, type: "User", arn, roleArn: null } as const;
      return known(user, {
        keys: [...always, "aws:PrincipalArn", "aws:username"],
        conditions: { "aws:username": username },
      });
    }
    default:
      return known({ kind: "aws", account, type: "Account", arn, roleArn: null });
  }
}

const nobody: KnownCaller = {
  principal: { kind: "anonymous" },
  account: "",
  keys: [...always, "aws:userid"],
  conditions: {},
  unknown: null,
  sessionsOf: null,
};

/** Signed, and that is all that is known. */
const somebody = (name: string): KnownCaller => ({
  principal: { kind: "aws", arn: "", account: "", type: "", roleArn: null },
  account: "",
  keys: ["aws:PrincipalIsAWSService"],
  conditions: {},
  unknown: `whose credentials ${name} has (its arn)`,
  sessionsOf: null,
});
