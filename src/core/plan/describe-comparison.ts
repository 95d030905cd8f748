import type { OwnPrices } from "#core/cost/prices.ts";
import { type Bytes, bytes, type Ms } from "#core/units.ts";
import { type CompareDesign, designMs } from "./compare-design.ts";
import type { ComparePlan } from "./compare-plan.ts";
import { describeCost, type RunCost } from "./describe-cost.ts";
import { sizeOf } from "./describe-load.ts";
import type { Block } from "./interleave.ts";

/** What a comparison would send where and when, without a packet sent. */
export interface ComparisonDescription {
  readonly engine: "k6" | "node";
  /** Absent: the config's own credentials. */
  readonly principal?: string;
  readonly design: CompareDesign;
  readonly durationMs: Ms;
  readonly pilotMs: Ms;
  readonly targets: readonly DescribedComparedTarget[];
  /** Of all targets, heads of blocks included. */
  readonly requests: number;
  readonly requestBytes: Bytes;
  readonly blocks: readonly Pick<Block, "round" | "target" | "connections" | "startMs">[];
  readonly cost: RunCost;
}

export interface DescribedComparedTarget {
  readonly target: string;
  readonly kind: string;
  readonly origin: string;
  readonly auth: "iam" | "none";
  readonly asks: readonly { readonly method: string; readonly path: string }[];
  readonly requests: number;
  readonly requestBytes: Bytes;
}

export function describeComparison(
  { load, lanes, blocks }: ComparePlan,
  design: CompareDesign,
  engine: "k6" | "node",
  prices: OwnPrices | null,
): ComparisonDescription {
  const perBlock = (design.rate * design.blockMs) / 1000;
  const ids = [...new Set(lanes.map(({ target }) => target))];
  const targets = ids.flatMap((id) => {
    const planned = load.targets[lanes.findIndex(({ target }) => target === id)];
    if (planned === undefined) return [];
    const requests = Math.round(blocks.filter(({ target }) => target === id).length * perBlock);
    const each = planned.requests.reduce((sum, request) => sum + sizeOf(request, planned), 0) / planned.requests.length;
    return [
      {
        target: id,
        kind: planned.kind,
        origin: planned.origin,
        auth: planned.auth,
        asks: planned.requests.map(({ method, path }) => ({ method, path })),
        requests,
        requestBytes: bytes(Math.round(requests * each)),
      },
    ];
  });
  return {
    engine,
    ...(load.principal === undefined ? {} : { principal: load.principal }),
    design,
    durationMs: load.durationMs,
    pilotMs: designMs(design, ids.length, design.pilotRounds),
    targets,
    requests: targets.reduce((sum, { requests }) => sum + requests, 0),
    requestBytes: bytes(targets.reduce((sum, { requestBytes }) => sum + requestBytes, 0)),
    blocks: blocks.map(({ round, target, connections, startMs }) => ({ round, target, connections, startMs })),
    cost: describeCost(targets, load.durationMs, prices),
  };
}
