import { type Bytes, bytes, type Ms } from "#core/units.ts";
import { describeCost, type RunCost } from "./describe-cost.ts";
import type { LoadPlan, PlannedTarget } from "./load-plan.ts";
import { utf8Length } from "./utf8-length.ts";

/** What a load would send where, without a packet sent. */
export interface LoadDescription {
  readonly load: string;
  readonly engine: "k6" | "node";
  readonly scenario: string;
  /** Absent: the config's own credentials. */
  readonly principal?: string;
  readonly arrival: LoadPlan["arrival"];
  readonly warmupMs: Ms;
  readonly durationMs: Ms;
  readonly thresholds: readonly string[];
  readonly targets: readonly DescribedLoadTarget[];
  /** Of all targets, warm-up included; null in a closed loop, where the answers set the pace. */
  readonly requests: number | null;
  readonly requestBytes: Bytes | null;
  /** Null in a closed loop. */
  readonly cost: RunCost | null;
}

export interface DescribedLoadTarget {
  readonly target: string;
  readonly kind: string;
  readonly origin: string;
  readonly host: string;
  readonly auth: "iam" | "none";
  readonly asks: readonly { readonly method: string; readonly path: string; readonly bodyBytes: Bytes }[];
  /** At most: scenarios that ramp or rest send fewer. */
  readonly requests: number | null;
  /** About: heads and bodies, without TLS and TCP around them. */
  readonly requestBytes: Bytes | null;
}

export function describeLoad(plan: LoadPlan, engine: "k6" | "node", thresholds: readonly string[]): LoadDescription {
  const targets = plan.targets.map((target) => describeTarget(target, plan));
  const sum = (counts: readonly (number | null)[]): number | null =>
    counts.reduce<number | null>((total, one) => (total === null || one === null ? null : total + one), 0);
  const requestBytes = sum(targets.map((target) => target.requestBytes));
  return {
    load: plan.load,
    engine,
    scenario: plan.scenario,
    ...(plan.principal === undefined ? {} : { principal: plan.principal }),
    arrival: plan.arrival,
    warmupMs: plan.warmupMs,
    durationMs: plan.durationMs,
    thresholds,
    targets,
    requests: sum(targets.map(({ requests }) => requests)),
    requestBytes: requestBytes === null ? null : bytes(requestBytes),
    cost: costOfLoad(targets, plan),
  };
}

function costOfLoad(targets: readonly DescribedLoadTarget[], { warmupMs, durationMs }: LoadPlan): RunCost | null {
  const costed = targets.flatMap(({ target, kind, requests, requestBytes }) =>
    requests === null || requestBytes === null ? [] : [{ target, kind, requests, requestBytes }],
  );
  return costed.length < targets.length ? null : describeCost(costed, warmupMs + durationMs);
}

function describeTarget(target: PlannedTarget, { arrival, warmupMs, durationMs }: LoadPlan): DescribedLoadTarget {
  const requests = arrival.kind === "open" ? Math.ceil((arrival.rate * (warmupMs + durationMs)) / 1000) : null;
  const each = target.requests.reduce((sum, request) => sum + sizeOf(request, target), 0) / target.requests.length;
  return {
    target: target.id,
    kind: target.kind,
    origin: target.origin,
    host: target.hostHeader,
    auth: target.auth,
    asks: target.requests.map(({ method, path, body }) => ({ method, path, bodyBytes: utf8Length(body ?? "") })),
    requests,
    requestBytes: requests === null ? null : bytes(Math.round(requests * each)),
  };
}

/** Date, hash, Authorization with its scope and signature, and a session token of usual length. */
const signatureBytes = 1500;
/** User-Agent and line ends. */
const otherHeadBytes = 60;

/** Bytes of a request as it is written, about. */
export function sizeOf(
  { method, path, headers, body }: PlannedTarget["requests"][number],
  target: PlannedTarget,
): number {
  const own = Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  const head = method.length + path.length + target.hostHeader.length + own + otherHeadBytes;
  return head + (target.auth === "iam" ? signatureBytes : 0) + utf8Length(body ?? "");
}
