import type { PolicyDocument, TargetPolicies } from "#core/targets/access.ts";
import type { PolicyLayer } from "#core/targets/dialects/dialect.ts";
import type { Target, TargetRequest } from "#core/targets/target.ts";
import { type AskedAccess, accessOf } from "./access-of.ts";
import type { Outcome } from "./decide.ts";
import { type Foreseen, foresee, type KnownPolicies } from "./foresee.ts";
import { lintPolicy } from "./lint-policy.ts";
import type { NearMiss } from "./match-statement.ts";
import { parsePolicy } from "./parse-policy.ts";
import type { Policy, StatementRef } from "./policy.ts";

/** What the policy files of a target say of one request by one principal. */
export interface ForeseenRequest extends Foreseen {
  /** File and statement behind an outcome, in a clause. */
  says(outcome: Outcome): string;
  /** What is odd about a layer's file, in sentences. */
  warnings(layer: PolicyLayer): readonly string[];
}

/** Null where the config names no policies, or it is not known how they are combined. */
export function foreseeRequest(target: Target, action: TargetRequest, principal: string): ForeseenRequest | null {
  const { policies } = target;
  const asked: AskedAccess | null = policies === undefined ? null : accessOf(target, action, principal, policies);
  if (policies === undefined || asked === null) return null;
  const documents = documentsFor(policies, principal);
  const known: KnownPolicies = Object.fromEntries(
    Object.entries(documents).flatMap(([layer, one]) => {
      const policy = one === null ? null : read(one);
      return policy === undefined ? [] : [[layer, policy]];
    }),
  );
  const fileOf = (layer: PolicyLayer): string => documents[layer]?.file ?? "";
  return {
    ...foresee(known, asked),
    says: (outcome) => sayOutcome(outcome, fileOf),
    warnings: (layer) => {
      const policy = known[layer];
      if (policy === null || policy === undefined) return [];
      return lintPolicy(policy, layer).map(({ message }) => `${fileOf(layer)}: ${message}`);
    },
  };
}

type Documents = Readonly<Partial<Record<PolicyLayer, PolicyDocument | null>>>;

const sharedLayers = ["endpoint", "resource", "lattice-service", "lattice-network"] as const;

/** A layer of which nothing is known is left out. */
function documentsFor(policies: TargetPolicies, principal: string): Documents {
  const own = Object.hasOwn(policies.identity, principal) ? policies.identity[principal] : undefined;
  const all = [...sharedLayers.map((layer) => [layer, policies[layer]] as const), ["identity", own] as const];
  return Object.fromEntries(all.filter(([, one]) => one !== undefined));
}

/** Files are checked when they are read; one that is not a policy after all is as good as none. */
function read({ text }: PolicyDocument): Policy | undefined {
  const parsed = parsePolicy(text);
  return parsed.kind === "ok" ? parsed.policy : undefined;
}

/** `statement 2 "OnlyOrders"`: counted from 1, as people do. */
export const showStatement = ({ index, sid }: StatementRef): string =>
  `statement ${index + 1}${sid === null || sid === "" ? "" : ` "${sid}"`}`;

/** A statement that is about this caller and action, and misses by a resource or condition, is nearer than one about others. */
const farness = {
  Condition: 0,
  Resource: 1,
  NotResource: 1,
  Action: 2,
  NotAction: 2,
  Principal: 3,
  NotPrincipal: 3,
} as const;

function sayNearest(why: readonly NearMiss[]): string {
  const statements = [...new Set(why.map(({ statement }) => statement.index))];
  const byStatement = statements.map((index) => why.filter(({ statement }) => statement.index === index));
  const far = (misses: readonly NearMiss[]): number => Math.max(...misses.map(({ element }) => farness[element]));
  const [nearest] = byStatement.sort((a, b) => far(a) - far(b) || a.length - b.length);
  return nearest?.[0] === undefined ? "" : ` (${nearest.map(({ sentence }) => sentence).join("; ")})`;
}

/** What they say of a request that none of them refuses. */
export const allowed = "the policy files allow it";

function sayOutcome(outcome: Outcome, fileOf: (layer: PolicyLayer) => string): string {
  if (outcome.kind === "allow") return allowed;
  const file = fileOf(outcome.layer);
  if (outcome.statement !== null && file !== "") return `${file}, ${showStatement(outcome.statement)}, denies it`;
  const reason = sayNearest(outcome.why);
  return file === "" ? "no policy allows it" : `no statement of ${file} allows it${reason}`;
}
