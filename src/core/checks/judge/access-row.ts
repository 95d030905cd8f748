import type { AccessSeen } from "#core/causes/recognise/access-seen.ts";
import type { ForeseenRequest } from "#core/policies/foresee-request.ts";
import type { Target } from "#core/targets/target.ts";
import type { AccessRow } from "#core/verdicts/access-row.ts";
import type { JudgedCell } from "./access-cell.ts";

/** A judged cell in the plain parts that a report may see. */
export const accessRow = ({ id }: Target, { cell, seen, foreseen, verdict, says }: JudgedCell): AccessRow => ({
  target: id,
  principal: cell.principal,
  action: cell.action.name,
  expected: { access: cell.expected.kind, by: cell.expected.kind === "denied" ? cell.expected.by : null },
  foreseen: foreseen === null ? null : rowOfForeseen(foreseen),
  seen: rowOfSeen(seen),
  verdict,
  says,
});

function rowOfSeen(seen: AccessSeen): AccessRow["seen"] {
  if (seen.kind !== "denied") return { access: seen.kind, by: null, explicit: false, status: seen.status };
  const { by, status } = seen;
  if (by.kind !== "policy")
    return { access: "denied", by: by.kind === "unnamed" ? null : by.kind, explicit: false, status };
  return { access: "denied", by: `${by.layer}-policy`, explicit: by.explicit, status };
}

function rowOfForeseen({ outcomes, missing, says }: ForeseenRequest): NonNullable<AccessRow["foreseen"]> {
  const [first, ...others] = outcomes;
  if (others.length > 0 && outcomes.some(({ kind }) => kind === "allow"))
    return { access: "unknown", by: null, says: `it hangs on ${missing.join(", ")}` };
  const by = first.kind === "refused" && others.length === 0 ? `${first.layer}-policy` : null;
  return { access: first.kind === "allow" ? "allowed" : "denied", by, says: says(first) };
}
