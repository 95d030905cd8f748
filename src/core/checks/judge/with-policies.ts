import type { Diagnosis } from "#core/causes/cause.ts";
import type { AccessSeen } from "#core/causes/recognise/access-seen.ts";
import { turnedAway } from "#core/causes/recognise/turned-away.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import { type ForeseenRequest, foreseeRequest } from "#core/policies/foresee-request.ts";
import { anonymousPrincipal, defaultPrincipal } from "#core/targets/access.ts";
import type { Target } from "#core/targets/target.ts";
import { actionsOf } from "../ask/access-cells.ts";

interface Found {
  readonly seen: AccessSeen;
  readonly foreseen: ForeseenRequest | null;
}

/** A diagnosis with what the config's policy files have to say to it: the file, the statement, what is odd about it. */
export function withPolicies(cause: Diagnosis, { seen, foreseen }: Found): Diagnosis {
  if (foreseen === null || seen.kind === "unclear") return cause;
  const evidence = [...cause.evidence, ...sayings(seen, foreseen)];
  return { ...cause, evidence };
}

function sayings(seen: Exclude<AccessSeen, { kind: "unclear" }>, foreseen: ForeseenRequest): readonly string[] {
  const { outcomes, missing } = foreseen;
  const [first] = outcomes;
  if (seen.kind === "allowed") {
    if (outcomes.length > 1) return [`What the policy files say hangs on ${missing.join(", ")}.`];
    return first.kind === "allow"
      ? ["The policy files allow it too."]
      : [`By the policy files it should not pass: ${foreseen.says(first)}. What is deployed may be another policy.`];
  }
  const { by } = seen;
  if (by.kind !== "policy") return [];
  const same = outcomes.find((one) => one.kind === "refused" && one.layer === by.layer && one.explicit === by.explicit);
  const warnings = foreseen.warnings(by.layer);
  if (same !== undefined) return [`By the policy files: ${foreseen.says(same)}.`, ...warnings];
  if (outcomes.length > 1) return [`What the policy files say hangs on ${missing.join(", ")}.`, ...warnings];
  return first.kind === "allow"
    ? ["The policy files allow it: what is deployed may be another policy."]
    : [`By the policy files: ${foreseen.says(first)}. What is deployed may be another policy.`];
}

/** The same for a diagnosis of one of the target's own requests, asked by whoever `credentials` are. */
export function withOwnPolicies(cause: Diagnosis, exchange: Exchange | undefined, target: Target): Diagnosis {
  if (target.policies === undefined || exchange?.outcome.kind !== "answered") return cause;
  const { sent, outcome } = exchange;
  const by = turnedAway(outcome, target);
  const action = actionsOf(target).find(({ method, path }) => method === sent.method && path === sent.path);
  if (by === null || action === undefined) return cause;
  const principal = sent.signing === "unsigned" ? anonymousPrincipal : defaultPrincipal;
  const seen = { kind: "denied", status: outcome.status, by } as const;
  return withPolicies(cause, { seen, foreseen: foreseeRequest(target, action, principal) });
}
