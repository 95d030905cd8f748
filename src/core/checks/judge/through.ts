import type { Diagnosis } from "#core/causes/cause.ts";
import { diagnose } from "#core/causes/diagnose.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { inconclusive, pass, type Verdict } from "#core/verdicts/verdict.ts";
import { failBy, failWith } from "./fail-by.ts";
import { phaseMeasures, statusMeasure } from "./measures.ts";
import { said } from "./say.ts";
import { withOwnPolicies } from "./with-policies.ts";

// Whether an answer is the expected one is asked by answer-is-as-expected; these two only by checks before any answer.
// What policy files say of it is asked by access-is-as-declared.
const notHindering: readonly string[] = ["unexpected-status", "unexpected-body", "policy-not-as-deployed"];
const settledBefore: readonly string[] = ["tls-expired", "dns-public-address", "dns-one-zone-only"];

/** What kept requests from getting through to whatever should answer them, best first. */
export function hindrances(exchanges: readonly Exchange[], target: Target): readonly Diagnosis[] {
  const answered = exchanges.every(({ outcome }) => outcome.kind === "answered");
  return diagnose(exchanges, target).filter(
    ({ code }) => !notHindering.includes(code) && !(answered && settledBefore.includes(code)),
  );
}

/** In their order on the wire, and what they come to without connecting. */
const everyPhase = ["dnsMs", "connectMs", "tlsMs", "sendMs", "waitMs", "receiveMs", "serviceMs"] as const;

/** Passes when the request got an answer that is no refusal and no failure of the way, whatever else it says. */
export function judgeThrough(exchanges: readonly Exchange[], target: Target, what: string): Verdict {
  const [only] = exchanges;
  if (only === undefined) return inconclusive(`${what} was not sent`);
  const summary = `${what} ${said(only)}`;
  const measures = { ...statusMeasure(only), ...phaseMeasures([only], ...everyPhase) };
  const [hindrance] = hindrances(exchanges, target);
  if (hindrance !== undefined) return failWith(withOwnPolicies(hindrance, only, target), { summary, measures });
  if (only.outcome.kind !== "answered") return failBy(exchanges, target, { summary, measures });
  return pass(
    target.requests[0].expect.denied === undefined ? summary : `${summary}, refused as it should be`,
    measures,
  );
}
