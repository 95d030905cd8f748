import type { PrincipalElement, PrincipalName } from "./policy.ts";
import { isRecord, type Report, readTexts, refuseOthers } from "./problem.ts";

const types = ["AWS", "Service", "Federated", "CanonicalUser"];

const accountArn = /^arn:[\w-]+:iam::(\d{12}):root$/;
const identityArn = /^arn:[\w-]+:(iam::\d{12}:(role|user)|sts::\d{12}:(assumed-role|federated-user))\/[^*?]+$/;
/** What IAM shows for a deleted user or role. */
const uniqueId = /^A[A-Z0-9]{15,}$/;

function readName(written: string): PrincipalName | null {
  if (written === "*") return { kind: "everyone" };
  const account = /^\d{12}$/.test(written) ? written : accountArn.exec(written)?.[1];
  if (account !== undefined) return { kind: "account", account, written };
  if (identityArn.test(written)) return { kind: "arn", arn: written };
  return uniqueId.test(written) ? { kind: "other", written } : null;
}

function readAws(value: unknown, path: string, report: Report): readonly PrincipalName[] {
  return (readTexts(value, path, report) ?? []).flatMap((written) => {
    const name = readName(written);
    if (name === null) {
      report(
        path,
        `*, an account id, or the ARN of an account, role, session or user without wildcards, not ${written}`,
      );
    }
    return name === null ? [] : [name];
  });
}

/** The names of a Principal or NotPrincipal; services, providers and canonical users are kept but cover no caller of ours. */
export function readPrincipal(value: unknown, negated: boolean, path: string, report: Report): PrincipalElement | null {
  if (value === "*") return { negated, names: [{ kind: "everyone" }] };
  if (!isRecord(value) || Object.keys(value).length === 0) {
    return report(path, `"*" or an object with ${types.join(", ")}`);
  }
  refuseOthers(value, types, path, report);
  const names = types.flatMap((type): readonly PrincipalName[] => {
    if (!(type in value)) return [];
    if (type === "AWS") return readAws(value["AWS"], `${path}.AWS`, report);
    const texts = readTexts(value[type], `${path}.${type}`, report) ?? [];
    return texts.map((written) => ({ kind: "other", written }));
  });
  return { negated, names };
}
