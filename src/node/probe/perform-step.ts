import { setImmediate } from "node:timers/promises";
import type { Exchange, Outcome } from "#core/observations/exchange.ts";
import type { Step } from "#core/observations/step.ts";
import type { Target } from "#core/targets/target.ts";
import { ms } from "#core/units.ts";
import { readPeerTcp } from "#node/sockets/peer-tcp.ts";
import { type ComposedRequest, compose, requestOf } from "./compose.ts";
import { type Course, startCourse } from "./course.ts";
import { endOf } from "./end-of.ts";
import { failed, type Got, got } from "./got.ts";
import { findLanes, lane, liveAfterSilence } from "./lanes.ts";
import type { Means } from "./means.ts";
import { recorderOf } from "./record.ts";
import { walk } from "./walk.ts";
import type { Wire } from "./wire.ts";
import { type Budget, startBudget, withinPromise } from "./within.ts";

export interface Asked {
  readonly target: Target;
  readonly check: string;
  readonly step: Step;
  /** The sockets of the step before. */
  readonly kept: readonly Wire[];
  /** Addresses that no thread of the script goes to. */
  readonly leftOut: number;
}

export interface Done {
  readonly exchanges: readonly Exchange[];
  /** What the next step may keep. */
  readonly wires: readonly Wire[];
}

/** Performs one step: one exchange, or one per address. Never rejects. */
export async function performStep(means: Means, { target, check, step, kept, leftOut }: Asked): Promise<Done> {
  const live = await liveAfterSilence(step, kept, means.stop);
  const endsHere = step.socket.kind === "kept" && step.socket.ifGone === "end" && live.length === 0;
  const at = new Date(means.now()).toISOString();
  const startedAt = performance.now();
  const budget = startBudget(ms(Math.max(target.deadlines.totalMs, step.patienceMs ?? 0)), means.stop);

  const record = recorderOf({ target, check, step, at });
  const alone = (course: Course, outcome: Outcome, addresses: readonly string[] = []): Done => ({
    exchanges: [record({ lane: lane("", addresses, null), course, outcome, leftOut })],
    wires: [],
  });

  if (endsHere) {
    const exchanges = kept.map((wire) => {
      const outcome = failed(endOf(wire, "idle"));
      const course = startCourse(startedAt, null);
      return record({ lane: lane(wire.address, wire.addresses, wire), course, outcome, leftOut });
    });
    return { exchanges, wires: [] };
  }
  const request = await prepare(means, target, step, budget);
  if (request.kind === "failed") return alone(startCourse(startedAt, null), request);
  const { lanes, dnsMs, ...found } = await findLanes(means, target, step, live, budget);
  if (lanes.kind === "failed") return alone(startCourse(startedAt, dnsMs), lanes);
  if (step.until === "resolved") {
    return alone(startCourse(startedAt, dnsMs), { kind: "resolved" }, lanes.value[0]?.addresses ?? []);
  }

  const ends = await Promise.all(
    lanes.value.map(async (lane) => {
      const course = startCourse(startedAt, dnsMs);
      const ended = await walk(means, { target, step, lane, request: request.value, budget, course });
      course.endedAt = performance.now();
      const outcome = await hearKernel(ended, lane.wire);
      const agrees = wasRefused(outcome) ? ((await request.value?.agreesWithReference?.()) ?? null) : null;
      const omitted = leftOut + found.leftOut;
      const exchange = record({ lane, course, outcome, request: request.value, agrees, leftOut: omitted });
      if (outcome.kind === "failed") lane.wire?.close();
      return { exchange, wire: lane.wire };
    }),
  );
  return {
    exchanges: ends.map(({ exchange }) => exchange),
    // One that the peer has just ended is kept, so that its end is noticed; not one that was closed here.
    wires: ends.flatMap(({ wire, exchange }) =>
      wire === null || exchange.outcome.kind === "failed" || (wire.gone && !wire.ended) ? [] : [wire],
    ),
  };
}

/** Adds to a deadline that passed what tells a slow peer from packets that are lost; before the connection is closed. */
async function hearKernel(outcome: Outcome, wire: Wire | null): Promise<Outcome> {
  if (wire === null || outcome.kind !== "failed" || outcome.failure.kind !== "timeout") return outcome;
  // Nothing is lost on the way from a peer that floods, and while the kernel is asked it would be read on and on.
  if (await isSending(wire)) return outcome;
  return failed({ ...outcome.failure, peerTcp: await readPeerTcp(wire.ends) });
}

async function isSending(wire: Wire): Promise<boolean> {
  const before = wire.bytesRead;
  await setImmediate();
  return wire.bytesRead > before;
}

/** By whoever verifies signatures: the only answers for which it matters whose signer is right. */
const wasRefused = (outcome: Outcome): boolean =>
  outcome.kind === "answered" && (outcome.status === 401 || outcome.status === 403);

/** The signed request where one is to be sent; before any packet, so that missing credentials cost none. */
async function prepare(
  { sign }: Means,
  target: Target,
  step: Step,
  budget: Budget,
): Promise<Got<ComposedRequest | null>> {
  if (step.until !== "answered") return got(null);
  return withinPromise(budget, "send", null, () => compose(sign, target, requestOf(target, step), step));
}
