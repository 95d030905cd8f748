import type { AccessContext } from "./access.ts";

const functionArn = /^(arn:[^:]*:lambda:[^:]*:[^:]*:function:[^:]+)(:.+)?$/;

/**
 * A function's ARN in its other form: without its version or alias, or with one, `live` for any. Policies must list both, and
 * which of them is asked for hangs on how the client names the function. Null for anything but an invocation.
 */
export function otherForm({ action, resource }: Pick<AccessContext, "action" | "resource">): string | null {
  const [, unqualified, qualifier] = functionArn.exec(resource) ?? [];
  if (unqualified === undefined || action.toLowerCase() !== "lambda:invokefunction") return null;
  return qualifier === undefined ? `${unqualified}:live` : unqualified;
}
