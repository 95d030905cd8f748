import { readStatement } from "./parse-statement.ts";
import type { Policy, Statement } from "./policy.ts";
import { isRecord, type PolicyProblem, refuseOthers } from "./problem.ts";

export type ParsedPolicy =
  | { readonly kind: "ok"; readonly policy: Policy }
  | { readonly kind: "problems"; readonly problems: readonly PolicyProblem[] };

type Document = { readonly kind: "ok"; readonly value: unknown; readonly text: string } | { readonly kind: "not-json" };

function readDocument(input: unknown): Document {
  try {
    return typeof input === "string"
      ? { kind: "ok", value: JSON.parse(input), text: input }
      : { kind: "ok", value: input, text: JSON.stringify(input) ?? "" };
  } catch {
    // Not JSON, or an object that JSON cannot hold (a cycle, a BigInt).
    return { kind: "not-json" };
  }
}

function duplicates(statements: readonly Statement[]): readonly PolicyProblem[] {
  const sids = statements.map(({ ref }) => ref.sid);
  return statements.flatMap(({ ref }) =>
    ref.sid !== null && ref.sid !== "" && sids.indexOf(ref.sid) < ref.index
      ? [{ path: `Statement[${ref.index}].Sid`, expected: `a Sid of its own, not ${ref.sid} again` }]
      : [],
  );
}

/**
 * Reads a policy document, given as JSON text or as the object it stands for. Whatever is not known (an element, operator or
 * condition key) is a problem: evaluating without it would give an answer that AWS would not give. Never throws.
 */
export function parsePolicy(input: unknown): ParsedPolicy {
  const problems: PolicyProblem[] = [];
  const report = (path: string, expected: string): null => {
    problems.push({ path, expected });
    return null;
  };
  const document = readDocument(input);
  if (document.kind === "not-json" || !isRecord(document.value)) {
    return { kind: "problems", problems: [{ path: "", expected: "a JSON object with Version and Statement" }] };
  }
  const { Version: version = "2008-10-17", Id: id, Statement: statement } = document.value;
  refuseOthers(document.value, ["Version", "Id", "Statement"], "", report);
  if (id !== undefined && typeof id !== "string") report("Id", "a string");
  const listed: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
  if (listed.length === 0) report("Statement", "at least one statement");
  const statements = listed.flatMap((one, index) => {
    const path = Array.isArray(statement) ? `Statement[${index}]` : "Statement";
    return readStatement(one, index, path, report) ?? [];
  });
  if (version !== "2012-10-17" && version !== "2008-10-17") {
    report("Version", "2012-10-17 or 2008-10-17");
    return { kind: "problems", problems };
  }
  const all = [...problems, ...duplicates(statements)];
  if (all.length > 0) return { kind: "problems", problems: all };
  return { kind: "ok", policy: { version, id: typeof id === "string" ? id : null, statements, text: document.text } };
}
