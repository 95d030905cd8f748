import type { Principal } from "#core/policies/access.ts";
import { labAccount, labRole } from "../targets.ts";

/** Whom the lab's credentials belong to: the session of a role. */
export const labPrincipal: Principal = {
  kind: "aws",
  arn: `arn:aws:sts::${labAccount}:assumed-role/pathproof-lab/check`,
  account: labAccount,
  type: "AssumedRole",
  roleArn: labRole,
};

/** As refusals name a caller. */
export const nameOfPrincipal = (principal: Principal): string =>
  principal.kind === "anonymous" ? "anonymous" : principal.arn;
