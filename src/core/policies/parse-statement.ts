import { checkVariables } from "./check-variables.ts";
import { readConditions } from "./parse-condition.ts";
import { readPrincipal } from "./parse-principal.ts";
import type { PatternElement, PrincipalElement, Statement } from "./policy.ts";
import { isRecord, type JsonRecord, type Report, readTexts, refuseOthers } from "./problem.ts";

const elements = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

/** Reads `Action` or `NotAction`: exactly one of them. */
function readPatterns(record: JsonRecord, name: "Action" | "Resource", path: string, report: Report) {
  const negated = `Not${name}` in record;
  if (negated === name in record) return report(`${path}.${name}`, `either ${name} or Not${name}`);
  const written = negated ? `Not${name}` : name;
  const patterns = readTexts(record[written], `${path}.${written}`, report);
  return patterns === null ? null : ({ negated, patterns } satisfies PatternElement);
}

function readActions(record: JsonRecord, path: string, report: Report): PatternElement | null {
  const element = readPatterns(record, "Action", path, report);
  for (const action of element?.patterns ?? []) {
    if (action !== "*" && !/^[\w*?-]+:[\w*?]+$/.test(action)) {
      report(`${path}.Action`, `an action such as lambda:InvokeFunction, not ${action}`);
    }
  }
  return element;
}

/** A variable may stand in the part of an ARN that names the resource, after the fifth colon. */
function readResources(record: JsonRecord, path: string, report: Report): PatternElement | null {
  const element = readPatterns(record, "Resource", path, report);
  for (const resource of element?.patterns ?? []) {
    checkVariables(resource, `${path}.Resource`, report);
    if (/^arn:([^:]*:){0,3}[^:]*\$\{/.test(resource)) {
      report(`${path}.Resource`, `policy variables only after the fifth colon of the ARN, not in ${resource}`);
    }
  }
  return element;
}

function readWho(record: JsonRecord, path: string, report: Report): PrincipalElement | null {
  const negated = "NotPrincipal" in record;
  if (!negated && !("Principal" in record)) return null;
  if (negated && "Principal" in record) return report(path, "either Principal or NotPrincipal");
  if (negated && record["Effect"] === "Allow")
    return report(`${path}.NotPrincipal`, "NotPrincipal only with Effect Deny");
  const written = negated ? "NotPrincipal" : "Principal";
  return readPrincipal(record[written], negated, `${path}.${written}`, report);
}

/** Null when something is wrong with it, after reporting all that is. */
export function readStatement(value: unknown, index: number, path: string, report: Report): Statement | null {
  if (!isRecord(value)) return report(path, "an object with Effect, Action and Resource");
  refuseOthers(value, elements, path, report);
  const { Sid: sid, Effect: effect } = value;
  if (sid !== undefined && typeof sid !== "string") report(`${path}.Sid`, "a string");
  const principal = readWho(value, path, report);
  const action = readActions(value, path, report);
  const resource = readResources(value, path, report);
  const conditions = readConditions(value["Condition"], `${path}.Condition`, report);
  if (effect !== "Allow" && effect !== "Deny") return report(`${path}.Effect`, "Allow or Deny");
  if (action === null || resource === null) return null;
  const ref = { index, sid: typeof sid === "string" ? sid : null };
  return { ref, effect, principal, action, resource, conditions };
}
