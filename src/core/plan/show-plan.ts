import { showBytes } from "#core/units.ts";
import { showUsd } from "./describe-cost.ts";
import type { DescribedStep, DescribedTarget, PlanDescription } from "./describe-plan.ts";

/** The description as text for a terminal: a line a step, and one a reason for what does not apply. */
export function showPlan({ targets, requests, bodyBytes, cost }: PlanDescription): string {
  const total = `${requests} requests with ${showBytes(bodyBytes)} of bodies, to ${targets.length} ${targets.length === 1 ? "target" : "targets"}. Nothing was sent.`;
  // An answer that leaves a question open is followed by another request or two.
  const price = `They cost ${showUsd(cost.usd)}. ${cost.notes.join(" ")}`;
  return [...targets.map(showTarget), `${total}\n${price}`].join("\n\n");
}

function showTarget({ target, kind, origin, requests, bodyBytes, steps, notApplicable }: DescribedTarget): string {
  const width = Math.max(0, ...steps.map(({ check }) => check.length));
  return [
    `${target} (${kind}) ${origin}: ${requests} requests, ${showBytes(bodyBytes)} of bodies`,
    ...counted(steps.map((step) => `  ${step.check.padEnd(width)}  ${showStep(step)}`)),
    ...(notApplicable.length === 0 ? [] : ["  does not apply, since"]),
    ...byReason(notApplicable).map(([reason, checks]) => `    ${reason}: ${checks.join(", ")}`),
  ].join("\n");
}

/** The same line several times is one line that says how often. */
function counted(lines: readonly string[]): readonly string[] {
  const times = new Map<string, number>();
  for (const line of lines) times.set(line, (times.get(line) ?? 0) + 1);
  return [...times].map(([line, count]) => (count === 1 ? line : `${line} × ${count}`));
}

function byReason(skipped: DescribedTarget["notApplicable"]): readonly (readonly [string, readonly string[]])[] {
  const checksOf = new Map<string, readonly string[]>();
  for (const { check, reason } of skipped) checksOf.set(reason, [...(checksOf.get(reason) ?? []), check]);
  return [...checksOf];
}

function showStep({ until, address, host, request, step }: DescribedStep): string {
  if (request === null) return `${before[until]} (${address === "each" ? "every address" : "once"})`;
  const { method, path, signing, bodyBytes } = request;
  const body = bodyBytes === 0 ? "" : `, ${showBytes(bodyBytes)}`;
  return `${method} ${path} to ${host}, ${signing === "correct" ? "signed" : signing}${body} (${step})`;
}

const before = {
  resolved: "resolve the name",
  connected: "connect",
  secured: "TLS handshake",
  answered: "request",
} as const satisfies Record<DescribedStep["until"], string>;
