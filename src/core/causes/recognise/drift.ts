import type { Outcome } from "#core/policies/decide.ts";
import { allowed, type ForeseenRequest, foreseeRequest } from "#core/policies/foresee-request.ts";
import { anonymousPrincipal, defaultPrincipal } from "#core/targets/access.ts";
import type { Target } from "#core/targets/target.ts";
import { type AccessSeen, accessSeen } from "./access-seen.ts";
import { type Reply, wasAnswered } from "./replies.ts";
import type { TurnedAway } from "./turned-away.ts";

/** How a reply departs from what the policy files say, in sentences; none where they agree, or leave it open. */
export function driftOf(reply: Reply, target: Target): readonly string[] {
  const { sent } = reply.exchange;
  if (target.policies === undefined || (sent.signing !== "correct" && sent.signing !== "unsigned")) return [];
  const action = [...target.requests, ...target.alsoAllowed].find(
    ({ method, path }) => method === sent.method && path === sent.path,
  );
  if (action === undefined) return [];
  const principal = sent.signing === "unsigned" ? anonymousPrincipal : (sent.principal ?? defaultPrincipal);
  const foreseen = foreseeRequest(target, action, principal);
  const drift = foreseen === null ? null : driftBetween(accessSeen(reply.exchange, action, target), foreseen);
  if (drift === null) return [];
  const says = drift === allowed ? "The policy files allow it." : `By the policy files: ${drift}.`;
  return [`As ${principal}: ${wasAnswered(reply, target)} ${says}`];
}

// Beyond what the evaluator covers: a refusal by one of these says nothing of the files.
const notCovered = /service control|resource control|session policy|permissions boundary/i;

/** What the policy files say otherwise, in a clause; null where they agree, or leave it open, or do not come into it. */
export function driftBetween(seen: AccessSeen, foreseen: ForeseenRequest): string | null {
  const { outcomes } = foreseen;
  if (seen.kind === "unclear") return null;
  if (seen.kind === "allowed") return outcomes.some(({ kind }) => kind === "allow") ? null : foreseen.says(outcomes[0]);
  const { by } = seen;
  if (by.kind !== "policy" || notCovered.test(by.policy ?? "")) return null;
  return outcomes.some((outcome) => refusesSo(outcome, by)) ? null : foreseen.says(outcomes[0]);
}

function refusesSo(outcome: Outcome, by: Extract<TurnedAway, { kind: "policy" }>): boolean {
  if (outcome.kind === "allow" || outcome.explicit !== by.explicit) return false;
  return !by.named || outcome.layer === by.layer;
}
