import type { PolicyLayer } from "#core/targets/dialects/dialect.ts";
import type { AccessContext } from "./access.ts";
import type { AskedAccess } from "./access-of.ts";
import { combinations } from "./combinations.ts";
import { decide, type LayerDecisions, type Outcome } from "./decide.ts";
import type { Decision } from "./evaluate.ts";
import { evaluateWithGaps, type Gaps } from "./evaluate-with-gaps.ts";
import type { Policy } from "./policy.ts";

/** What is known of a layer: its policy, that none is in force (null), or nothing (absent). */
export type KnownPolicies = Readonly<Partial<Record<PolicyLayer, Policy | null>>>;

/** What policies say of one request of which not everything is known. */
export interface Foreseen {
  /** Everything it can come to; one, where what is known suffices. */
  readonly outcomes: readonly [Outcome, ...Outcome[]];
  /** What would have to be known to say more: layers without a file, condition keys, whose credentials they are. */
  readonly missing: readonly string[];
}

const anything: readonly Decision[] = [
  { kind: "allow", statement: { index: 0, sid: null }, grants: "principal" },
  { kind: "deny", statement: { index: 0, sid: null } },
  { kind: "silent", why: [] },
];

const layerNames = {
  identity: "the principal's own policy",
  resource: "the resource policy",
  endpoint: "the endpoint policy",
  "lattice-service": "the Lattice service's policy",
  "lattice-network": "the Lattice network's policy",
} as const satisfies Record<PolicyLayer, string>;

interface Considered {
  readonly layer: PolicyLayer;
  /** Undefined: no policy is in force. */
  readonly decisions: readonly (Decision | undefined)[];
  readonly missing: readonly string[];
}

function consider(layer: PolicyLayer, policies: KnownPolicies, access: AccessContext, gaps: Gaps): Considered {
  const policy = policies[layer];
  if (policy === undefined) return { layer, decisions: [...anything, undefined], missing: [layerNames[layer]] };
  if (policy === null) return { layer, decisions: [undefined], missing: [] };
  return { layer, ...evaluateWithGaps(policy, access, gaps) };
}

/** Every way in which the layers' possible decisions go together; a few hundred at the most. */
function worlds(considered: readonly Considered[]): readonly LayerDecisions[] {
  return considered.reduce<readonly LayerDecisions[]>(
    (soFar, { layer, decisions }) =>
      soFar.flatMap((world) => decisions.map((one) => (one === undefined ? world : { ...world, [layer]: one }))),
    [{}],
  );
}

/** Refusals by one layer are one outcome; an explicit deny is another than silence. */
const keyOf = (outcome: Outcome): string =>
  outcome.kind === "allow" ? "allow" : `${outcome.layer} ${outcome.explicit ? "explicit" : "silent"}`;

export function foresee(policies: KnownPolicies, { combinations: names, access, gaps }: AskedAccess): Foreseen {
  const layers = new Set(names.flatMap((name) => combinations[name].layers));
  const considered = [...layers].map((layer) => consider(layer, policies, access, gaps));
  const all = worlds(considered).flatMap((world) => names.map((name) => decide(name, world)));
  const outcomes = new Map<string, Outcome>();
  for (const outcome of all) if (!outcomes.has(keyOf(outcome))) outcomes.set(keyOf(outcome), outcome);
  // There is always one world: every layer has a decision, or is left out.
  const [one = { kind: "allow" }, ...rest] = outcomes.values();
  return {
    outcomes: [one, ...rest],
    missing: rest.length === 0 ? [] : [...new Set(considered.flatMap(({ missing }) => missing))],
  };
}
