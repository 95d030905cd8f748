import type { Diagnosis } from "#core/causes/cause.ts";
import { diagnose } from "#core/causes/diagnose.ts";
import { nameCause } from "#core/causes/name-cause.ts";
import { type AccessSeen, accessSeen } from "#core/causes/recognise/access-seen.ts";
import { driftBetween } from "#core/causes/recognise/drift.ts";
import { fits, refuserOf, shouldBeRefused, type TurnedAway } from "#core/causes/recognise/turned-away.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import { type ForeseenRequest, foreseeRequest } from "#core/policies/foresee-request.ts";
import { anonymousPrincipal, type DeniedBy, refusers } from "#core/targets/access.ts";
import { expectAccess } from "#core/targets/expect-access.ts";
import type { Target, TargetRequest } from "#core/targets/target.ts";
import type { AccessCell } from "../ask/access-cells.ts";
import { said } from "./say.ts";
import { withPolicies } from "./with-policies.ts";

/** A cell of the access table, judged. */
export interface JudgedCell {
  readonly cell: AccessCell;
  readonly seen: AccessSeen;
  readonly foreseen: ForeseenRequest | null;
  readonly verdict: "pass" | "fail" | "inconclusive";
  /** What was found, in a clause without its subject: `was refused by the endpoint policy`. */
  readonly says: string;
  /** Null where it passes. */
  readonly cause: Diagnosis | null;
}

export function judgeCell(cell: AccessCell, exchange: Exchange, target: Target): JudgedCell {
  const seen = accessSeen(exchange, cell.action, target);
  const foreseen = foreseeRequest(target, cell.action, cell.principal);
  const found = { cell, seen, foreseen };
  const wrong = departure(cell, seen, exchange, target);
  if (wrong !== null) {
    const cause = wrong.cause === null ? null : withPolicies(wrong.cause, found);
    return { ...found, ...wrong, cause };
  }
  const says = sayAsExpected(cell, seen);
  const drift = foreseen === null ? null : driftBetween(seen, foreseen);
  if (drift === null) return { ...found, verdict: "pass", says, cause: null };
  const cause = diagnose([exchange], asking(target, cell.action, null)).find(({ code }) => code === driftCode) ?? null;
  return { ...found, verdict: "fail", says: `${says}, but ${drift}`, cause };
}

const driftCode = "policy-not-as-deployed";

type Departure = Pick<JudgedCell, "verdict" | "says" | "cause">;

/** How what was seen departs from what the config expects; null when it does not. */
function departure(cell: AccessCell, seen: AccessSeen, exchange: Exchange, target: Target): Departure | null {
  const { expected } = cell;
  if (seen.kind === "unclear") {
    const [cause = null] = diagnose([exchange], asking(target, cell.action, null));
    return { verdict: "inconclusive", says: sayUnclear(exchange), cause };
  }
  if (expected.kind === "allowed" && seen.kind === "denied") {
    const [cause = null] = diagnose([exchange], asking(target, cell.action, null));
    return { verdict: "fail", says: `was refused by ${refuserOf(seen.by)}`, cause };
  }
  if (expected.kind !== "denied") return null;
  if (seen.kind === "allowed") {
    const should = expected.by === "any" ? "it should be refused" : `${refusers[expected.by]} should refuse it`;
    const says = `${said(exchange)} where ${should}`;
    return { verdict: "fail", says, cause: openTo(cell, expected.by, exchange, target) };
  }
  if (fits(expected.by, seen.by)) return null;
  const [cause = null] = diagnose([exchange], asking(target, cell.action, null));
  const says = `was refused by ${refuserOf(seen.by)} and not by ${refusers[expected.by]}`;
  return { verdict: "fail", says, cause: cause === null ? null : byAnother(cause, says, expected.by, seen.by) };
}

/** The target as if this were its only request, and this the refusal that is expected of it; null: to be let through. */
function asking(target: Target, action: TargetRequest, by: DeniedBy | null): Target {
  const expect = expectAccess(action.expect, by === null ? { kind: "allowed" } : { kind: "denied", by });
  return { ...target, requests: [{ ...action, expect }], alsoAllowed: [] };
}

function openTo({ principal, action }: AccessCell, by: DeniedBy, exchange: Exchange, target: Target): Diagnosis | null {
  const [found = null] = diagnose([exchange], asking(target, action, by));
  const code = principal === anonymousPrincipal ? "open-to-unsigned" : "open-to-principal";
  if (found?.code === code) return { ...found, evidence: found.evidence.map((line) => `As ${principal}: ${line}`) };
  const evidence = [`As ${principal}: ${action.name} ${said(exchange)}. ${shouldBeRefused(by)}`] as const;
  return nameCause(code, { confidence: "certain", evidence }, target);
}

/** It is kept out as it should be: what is wrong is only by what. */
const byAnother = (cause: Diagnosis, says: string, by: DeniedBy, found: TurnedAway): Diagnosis => ({
  ...cause,
  evidence: [...cause.evidence, `It ${says}.`],
  remedy: `The request is kept out, but not by what should do it: with ${refuserOf(found)} gone or changed, nobody knows whether ${refusers[by]} would hold. Look at ${refusers[by]}, and at the order in which refusals are told: an explicit deny goes before silence. Or correct what the config expects.`,
});

/** Why somebody has no credentials is told without the places that were looked through, and without the advice. */
function sayUnclear(exchange: Exchange): string {
  const { outcome } = exchange;
  const missing = outcome.kind === "failed" && outcome.failure.kind === "credentials-missing";
  const why = missing ? /^No credentials: (.*?)\. Tried: /.exec(outcome.failure.detail)?.[1] : undefined;
  if (missing) return `was not asked, for want of credentials${why === undefined ? "" : `: ${why}`}`;
  return `${said(exchange)}, neither let through nor turned away`;
}

function sayAsExpected({ expected }: AccessCell, seen: AccessSeen): string {
  const as = expected.kind === "observed" ? "" : ", as it should be";
  if (seen.kind === "denied") return `was refused by ${refuserOf(seen.by)}${as}`;
  return seen.kind === "allowed" ? `was let through${as}` : "was not answered";
}
