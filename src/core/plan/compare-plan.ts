import { defaultPrincipal } from "#core/targets/access.ts";
import { type Ms, ms } from "#core/units.ts";
import { namedPrincipal } from "./as-principal.ts";
import { blockNumberAt } from "./block-order.ts";
import { type CompareDesign, designMs } from "./compare-design.ts";
import { type Block, type ConnectionUse, interleave } from "./interleave.ts";
import type { LoadPlan } from "./load-plan.ts";
import { type PlacedTarget, plannedTarget } from "./make-load-plan.ts";

/** One target on one use of connections: what an engine takes for a target of its own. */
export interface CompareLane {
  /** Of the planned target. */
  readonly id: string;
  readonly target: string;
  readonly use: ConnectionUse;
}

export interface ComparePlan {
  readonly load: LoadPlan;
  /** By number of the planned target. */
  readonly lanes: readonly CompareLane[];
  readonly blocks: readonly Block[];
}

/**
 * The blocks of a comparison as an engine is given them.
 *
 * @param principal as whom the targets are; the config's own credentials unless told
 */
export function makeComparePlan(
  design: CompareDesign,
  placed: readonly PlacedTarget[],
  principal: string = defaultPrincipal,
): ComparePlan {
  const lanes = lanesOf(
    placed.map(({ target }) => target.id),
    design.connections,
  );
  const blocks = blocksOf(design, lanes);
  const laneOf = ({ target, connections }: Block): number =>
    lanes.findIndex((lane) => lane.target === target && lane.use === connections);
  const { blockMs, headMs, rate } = design;
  const load: LoadPlan = {
    schema: "pathproof.load-plan/1",
    load: "compare",
    scenario: "steady",
    ...namedPrincipal(principal),
    arrival: { kind: "open", rate },
    durationMs: designMs(design, placed.length, design.rounds),
    warmupMs: ms(0),
    targets: lanes.flatMap(({ id, target, use }) =>
      placed
        .filter((one) => one.target.id === target)
        .map((one) => ({
          ...plannedTarget(one),
          id,
          connection: { requestsMax: use === "cold" ? 1 : null, ageMsMax: null },
        })),
    ),
    blocks: { blockMs, headMs, order: blocks.map(laneOf) },
  };
  return { load, lanes, blocks };
}

/** Of a saved plan too: they follow from the design. */
export const blocksOf = (design: CompareDesign, lanes: readonly CompareLane[]): readonly Block[] =>
  interleave({ ...design, targets: [...new Set(lanes.map(({ target }) => target))] });

function lanesOf(targets: readonly string[], uses: readonly ConnectionUse[]): readonly CompareLane[] {
  const lanes: CompareLane[] = [];
  for (const use of uses)
    for (const target of targets) {
      let id = use === "reused" ? target : `${target} (${use})`;
      // A target may bear such a name itself.
      while (use !== "reused" && targets.includes(id)) id = `${id}*`;
      lanes.push({ id, target, use });
    }
  return lanes;
}

/** What is sent this little before a block's beginning belongs to it: an engine's clock begins with its first request. */
const earlyMs = 100;

/**
 * The block that a lane's request belongs to: by when it was due, or the lane's last before that, since what is late is late and
 * not early. Null where the lane had none.
 */
export function blockOfSample({ load, lanes }: ComparePlan, lane: string, dueMs: Ms): number | null {
  const order = load.blocks?.order ?? [];
  const number = lanes.findIndex(({ id }) => id === lane);
  if (load.blocks === undefined || number === -1) return null;
  const at = Math.min(order.length - 1, blockNumberAt(load.blocks, dueMs));
  if (order[at] === number) return at;
  if (order[at + 1] === number && (at + 1) * load.blocks.blockMs - dueMs < earlyMs) return at + 1;
  const before = order.lastIndexOf(number, Math.max(0, at));
  return before === -1 ? null : before;
}
