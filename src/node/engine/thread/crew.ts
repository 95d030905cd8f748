import type { SecureContext } from "node:tls";
import { isWarmup } from "#core/plan/block-order.ts";
import { scenarioOf } from "#core/scenarios/played.ts";
import { isSteady, levelAt } from "#core/scenarios/shape.ts";
import { bodiesBytesMax } from "#node/sockets/answer-limits.ts";
import type { ThreadRole } from "../messages.ts";
import { paceOf } from "../schedule.ts";
import { shareOf } from "../share-of.ts";
import type { Clock } from "./clock.ts";
import { createLane, type Lane, type Witness } from "./lane.ts";
import { takePlaces } from "./places.ts";
import type { PreparedRequest } from "./prepare.ts";
import type { SampleSink } from "./sample-sink.ts";
import { type Supply, type SupplyMeans, supplyAsDue } from "./supply.ts";
import { supplyInBursts } from "./supply-in-bursts.ts";
import { supplyInTurn } from "./supply-in-turn.ts";

/** Connections to one target, and what gives them their requests. */
export interface Crew {
  /** The target's, in the plan. */
  readonly target: number;
  readonly lane: Lane;
  readonly supply: Supply;
  readonly timeoutMs: number;
}

export interface CrewMeans {
  readonly role: Extract<ThreadRole, { role: "loader" }>;
  /** By target. */
  readonly requests: readonly (readonly PreparedRequest[])[];
  readonly clock: Clock;
  readonly trust: () => SecureContext;
  readonly sink: SampleSink;
}

/** One for each target; where each connection goes at its own pace, one for each of them. */
export function gatherCrews({ role, requests, clock, trust, sink }: CrewMeans): readonly Crew[] {
  const { plan, connectionsMax } = role;
  const readInto = Buffer.allocUnsafeSlow(65_536);
  const room = { bytesLeft: bodiesBytesMax };
  const supplyOf = chooseSupply(role);
  const isAlone = scenarioOf(plan).rests !== undefined;
  return plan.targets.flatMap((target, number) => {
    const witness: Witness = { answeredSentMs: Number.NEGATIVE_INFINITY };
    const nextPlace = takePlaces(target, { clock, trust, readInto, room, first: role.index });
    return Array.from({ length: isAlone ? connectionsMax : 1 }, (_, at): Crew => {
      const lane: Lane = createLane({
        target,
        number,
        isMeasured: (atMs) => !isWarmup(plan, atMs),
        connectionsMax: isAlone ? 1 : connectionsMax,
        clock,
        nextPlace,
        witness,
        emit: sink.add,
        onEnd: sink.end,
        onRoom: (after) => supply.onRoom(after),
      });
      const { index, threads } = role;
      const means = { lane, clock, requests: requests[number] ?? [], plan, index, threads };
      const supply = supplyOf(means, { target: number, at });
      return { target: number, lane, supply, timeoutMs: target.timeoutMs };
    });
  });
}

/** @param place the target's number, and the crew's among those that go there */
type SupplyOf = (means: SupplyMeans, place: { readonly target: number; readonly at: number }) => Supply;

/** By the schedule, or each connection by itself, or the next when one was answered. */
function chooseSupply({ plan, settings, index, threads }: CrewMeans["role"]): SupplyOf {
  const { shape, rests } = scenarioOf(plan);
  const { arrival, warmupMs, durationMs } = plan;
  const pace = paceOf(plan, threads, shape);
  if (pace !== null) return (means, { target }) => supplyAsDue(means, pace, target);
  const all = arrival.kind === "closed" ? arrival.connections : 0;
  if (rests !== undefined) {
    const own = rests(settings, durationMs);
    return (means, place) => {
      const target = plan.targets[place.target];
      if (target === undefined) throw new RangeError(`the plan has no target ${place.target}`);
      const connection = index + threads * place.at;
      return supplyInBursts({ ...means, target, connection, connections: all }, own);
    };
  }
  const most = shareOf(all, index, threads);
  if (isSteady(shape)) return (means) => supplyInTurn(means, () => most);
  const countAt = (nowMs: number): number =>
    Math.max(1, Math.round(all * levelAt(shape, (nowMs - warmupMs) / durationMs)));
  return (means) => supplyInTurn(means, (nowMs) => shareOf(countAt(nowMs), index, threads));
}
