import type { SigningVariant, Until } from "#core/observations/exchange.ts";
import type { Step } from "#core/observations/step.ts";
import type { Target } from "#core/targets/target.ts";
import { showOrigin } from "#core/targets/url.ts";
import { type Bytes, bytes } from "#core/units.ts";
import { costOfRequests, type RunCost } from "./describe-cost.ts";
import type { PlannedCheck } from "./plan-checks.ts";
import { utf8Length } from "./utf8-length.ts";

/** What a run would do, without a packet sent: for `--dry-run`, people and programs alike. */
export interface PlanDescription {
  readonly targets: readonly DescribedTarget[];
  readonly requests: number;
  readonly bodyBytes: Bytes;
  readonly cost: RunCost;
}

export interface DescribedTarget {
  readonly target: string;
  readonly kind: string;
  readonly origin: string;
  /** Full HTTP requests; name look-ups, connections and handshakes come on top. */
  readonly requests: number;
  readonly bodyBytes: Bytes;
  readonly steps: readonly DescribedStep[];
  readonly notApplicable: readonly { readonly check: string; readonly reason: string }[];
}

export interface DescribedStep {
  readonly check: string;
  readonly step: string;
  readonly until: Until;
  /** `each`: at every address the name has. */
  readonly address: "any" | "each";
  readonly host: string;
  /** What is sent; null where the step ends before a request. */
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly signing: SigningVariant;
    readonly bodyBytes: Bytes;
  } | null;
}

export function describePlan(plan: readonly PlannedCheck[]): PlanDescription {
  const byTarget = new Map<Target, PlannedCheck[]>();
  for (const planned of plan) byTarget.set(planned.target, [...(byTarget.get(planned.target) ?? []), planned]);
  const targets = [...byTarget].map(([target, planned]) => describeTarget(target, planned));
  return {
    targets,
    requests: sum(targets, "requests"),
    bodyBytes: bytes(sum(targets, "bodyBytes")),
    cost: costOfRequests(targets),
  };
}

function describeTarget(target: Target, planned: readonly PlannedCheck[]): DescribedTarget {
  const steps = planned.flatMap((one) => one.steps.map((step) => describeStep(target, one.check.id, step)));
  const requests = steps.flatMap(({ request }) => request ?? []);
  return {
    target: target.id,
    kind: target.kind.kind,
    origin: showOrigin(target.origin),
    requests: requests.length,
    bodyBytes: bytes(sum(requests, "bodyBytes")),
    steps,
    notApplicable: planned.flatMap(({ check, skipped }) =>
      skipped === null ? [] : [{ check: check.id, reason: skipped }],
    ),
  };
}

function describeStep(target: Target, check: string, step: Step): DescribedStep {
  const { label, until, address, signing } = step;
  const { method, path, body } = step.request ?? target.requests[0];
  const request = until === "answered" ? { method, path, signing, bodyBytes: utf8Length(body ?? "") } : null;
  return { check, step: label, until, address, host: target.hostHeader, request };
}

const sum = <K extends string>(items: readonly Readonly<Record<K, number>>[], name: K): number =>
  items.reduce((total, item) => total + item[name], 0);
