import { showBytes } from "#core/units.ts";
import type { DescribedStep, DescribedTarget, PlanDescription } from "./describe-plan.ts";

/** The description as text for a terminal, a line a step. */
export function showPlan({ targets, requests, bodyBytes }: PlanDescription): string {
  const total = `${requests} requests with ${showBytes(bodyBytes)} of bodies, to ${targets.length} ${targets.length === 1 ? "target" : "targets"}. Nothing was sent.`;
  return [...targets.map(showTarget), total].join("\n\n");
}

function showTarget({ target, kind, origin, requests, bodyBytes, steps, notApplicable }: DescribedTarget): string {
  const width = Math.max(
    0,
    ...steps.map(({ check }) => check.length),
    ...notApplicable.map(({ check }) => check.length),
  );
  return [
    `${target} (${kind}) ${origin}: ${requests} requests, ${showBytes(bodyBytes)} of bodies`,
    ...steps.map((step) => `  ${step.check.padEnd(width)}  ${showStep(step)}`),
    ...notApplicable.map(({ check, reason }) => `  ${check.padEnd(width)}  does not apply: ${reason}`),
  ].join("\n");
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
