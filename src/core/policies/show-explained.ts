import type { PolicyLayer } from "#core/targets/dialects/dialect.ts";
import type { Judged } from "./evaluate-with-gaps.ts";
import type { Explained, ExplainedPolicy, Says, Together } from "./explain-access.ts";
import { showStatement } from "./foresee-request.ts";

export const layerNames = {
  identity: "identity policy",
  resource: "resource policy",
  endpoint: "endpoint policy",
  "lattice-service": "Lattice service policy",
  "lattice-network": "Lattice network policy",
} as const satisfies Record<PolicyLayer, string>;

/** The explanation as text for a terminal. */
export const showExplained = ({ policies, together }: Explained): string =>
  [...policies.map(showPolicy), ...(together === null ? [] : [showTogether(together)])].join("\n\n");

function showPolicy(policy: ExplainedPolicy): string {
  const { file, layer, statements, warnings } = policy;
  const name = layer === null ? file : `${layerNames[layer]} ${file}`;
  return [
    `${name} ${verdicts[policy.says]}${policy.delegates ? ", through the caller's account: its own policies must allow it too" : ""}`,
    ...statements.flatMap((one) => showJudged(one)),
    ...policy.hangsOn.map((what) => `  not known: ${what}${hint(what)}`),
    ...showOther(policy),
    ...warnings.map((line) => `  note: ${line}`),
  ].join("\n");
}

const verdicts = {
  allow: "allows it",
  deny: "denies it",
  silent: "does not allow it: no statement that allows is about it",
  unknown: "may allow it or not: that hangs on what is not known",
} as const satisfies Record<Says, string>;

/** A condition key can be given. */
const hint = (what: string): string => (/^[\w-]+:\S+$/.test(what) ? ` (--context ${what}=…)` : "");

function showJudged({ statement, match }: Judged): readonly string[] {
  const name = `${showStatement(statement.ref)}, ${statement.effect}`;
  switch (match.kind) {
    case "match":
      return [`  ${statement.effect === "Deny" ? "✗" : "✓"} ${name}: is about it`];
    case "maybe":
      return [
        `  ? ${name}: is about it if ${match.missing.join(" and ")} ${match.missing.length === 1 ? "fits" : "fit"}`,
      ];
    case "miss":
      return [`  · ${name}: is not about it`, ...match.misses.map((miss) => `      ${withoutName(miss.sentence)}`)];
  }
}

/** `Statement 1 (Sid): Resource …`: its name stands above. */
const withoutName = (sentence: string): string => sentence.replace(/^Statement \d+(?: \(.*?\))?: /, "");

function showOther({ otherForm, says }: ExplainedPolicy): readonly string[] {
  if (otherForm === null) return [];
  const { arn } = otherForm;
  const form = /:function:[^:]+$/.test(arn) ? "the unqualified form" : "a qualified form";
  const advice = otherForm.says === "allow" && says !== "allow" ? both(arn) : "";
  return [`  ${form}, ${arn}, is another matter: the policy ${verdicts[otherForm.says]}${advice}`];
}

function both(arn: string): string {
  const unqualified = arn.replace(/(:function:[^:]+):.*$/, "$1");
  return `. List both forms, ${unqualified} and ${unqualified}:*, where callers may use either`;
}

function showTogether({ combination, says, layer, explicit, hangsOn }: Together): string {
  const how = combination.replaceAll("-", " ");
  if (says === "allow") return `Together (${how}): allowed`;
  const by = layer === null ? "" : ` by the ${layerNames[layer]}${explicit ? ", explicitly" : ""}`;
  if (says === "refused") return `Together (${how}): refused${by}`;
  return [`Together (${how}): not known`, ...hangsOn.map((what) => `  not known: ${what}${hint(what)}`)].join("\n");
}
