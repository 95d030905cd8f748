import type { SecureContext } from "node:tls";
import type { Exchange, Outcome } from "#core/observations/exchange.ts";
import type { Failure, Phase } from "#core/observations/failure.ts";
import type { Step } from "#core/observations/step.ts";
import type { SignRequest } from "#core/signing/sign-request.ts";
import { isAllowed } from "#core/targets/address-class.ts";
import type { Target } from "#core/targets/target.ts";
import { type Ms, ms } from "#core/units.ts";
import { type ComposedRequest, compose, requestOf, showSent } from "./compose.ts";
import { type Course, phasesOf, startCourse } from "./course.ts";
import { dial, hold } from "./dial.ts";
import { type Errand, exchangeHttp1 } from "./exchange-http1.ts";
import { exchangeHttp2 } from "./exchange-http2.ts";
import { failed, type Got, got } from "./got.ts";
import type { Names } from "./names.ts";
import { redactOutcome } from "./redact-outcome.ts";
import { shakeHands } from "./shake-hands.ts";
import type { Stop } from "./stop.ts";
import { toFailure } from "./to-failure.ts";
import type { Wire } from "./wire.ts";
import { type Budget, pause, startBudget, withinPromise } from "./within.ts";

/** What all steps of a run share. */
export interface Means {
  readonly names: Names;
  readonly trust: SecureContext;
  readonly allow: readonly string[];
  readonly sign: SignRequest;
  now(): number;
  readonly stop: Stop;
  /** Numbers a connection and remembers it, to be closed with the probe. */
  nextId(): number;
  remember(wire: Wire): void;
}

export interface Asked {
  readonly target: Target;
  readonly check: string;
  readonly step: Step;
  /** The sockets of the step before. */
  readonly kept: readonly Wire[];
}

export interface Done {
  readonly exchanges: readonly Exchange[];
  /** What the next step may keep. */
  readonly wires: readonly Wire[];
}

/** Performs one step: one exchange, or one per address. Never rejects. */
export async function performStep(means: Means, { target, check, step, kept }: Asked): Promise<Done> {
  const live = await liveAfterSilence(step, kept, means.stop);
  const at = new Date(means.now()).toISOString();
  const startedAt = performance.now();
  const budget = startBudget(target.deadlines.totalMs, means.stop);

  const record = (lane: Lane, course: Course, outcome: Outcome, request: ComposedRequest | null): Exchange => ({
    target: target.id,
    check,
    step: step.label,
    at,
    sent: showSent(target, step, request),
    addresses: lane.addresses,
    address: lane.address,
    connection: course.connection ?? lane.wire?.facts(target.protocol) ?? null,
    tls: lane.wire?.tls ?? null,
    phases: phasesOf(course, outcome.kind === "answered"),
    outcome: redactOutcome(outcome, request?.secrets ?? []),
  });
  const alone = (course: Course, outcome: Outcome, addresses: readonly string[] = []): Done => ({
    exchanges: [record(lane("", addresses, null), course, outcome, null)],
    wires: [],
  });

  const request = await prepare(means, target, step, budget);
  if (request.kind === "failed") return alone(startCourse(startedAt, null), request);
  const { lanes, dnsMs } = await findLanes(means, target, step, live, budget);
  if (lanes.kind === "failed") return alone(startCourse(startedAt, dnsMs), lanes);
  if (step.until === "resolved") {
    return alone(startCourse(startedAt, dnsMs), { kind: "resolved" }, lanes.value[0]?.addresses ?? []);
  }

  const ends = await Promise.all(
    lanes.value.map(async (lane) => {
      const course = startCourse(startedAt, dnsMs);
      const outcome = await walk(means, { target, step, lane, request: request.value, budget, course });
      const exchange = record(lane, course, outcome, request.value);
      if (outcome.kind === "failed") lane.wire?.close();
      return { exchange, wire: lane.wire };
    }),
  );
  return {
    exchanges: ends.map(({ exchange }) => exchange),
    wires: ends.flatMap(({ wire }) => (wire === null || wire.gone ? [] : [wire])),
  };
}

/** The way to one address and, once there is one, the wire. */
interface Lane {
  /** Where it leads. */
  readonly candidate: string;
  readonly addresses: readonly string[];
  /** The same, once a packet was sent there. */
  address: string | null;
  wire: Wire | null;
}

/** Those sockets of the step before that are still there after the silence; with none left there is nothing to wait for. */
async function liveAfterSilence({ socket }: Step, kept: readonly Wire[], stop: Stop): Promise<readonly Wire[]> {
  if (socket.kind === "fresh") {
    for (const wire of kept) wire.close();
    return [];
  }
  const live = (): readonly Wire[] => kept.filter((wire) => !wire.gone);
  if (live().length > 0) {
    await pause(socket.idleBeforeMs, stop, (wake) => {
      const unwatch = kept.map((wire) => wire.onGone(() => live().length === 0 && wake()));
      return () => {
        for (const forget of unwatch) forget();
      };
    });
  }
  return live();
}

/** The signed request where one is to be sent; before any packet, so that missing credentials cost none. */
async function prepare(
  { sign }: Means,
  target: Target,
  step: Step,
  budget: Budget,
): Promise<Got<ComposedRequest | null>> {
  if (step.until !== "answered") return got(null);
  return withinPromise(budget, "send", null, () => compose(sign, target, requestOf(target, step), step.signing));
}

async function findLanes(
  { names }: Means,
  target: Target,
  step: Step,
  live: readonly Wire[],
  budget: Budget,
): Promise<{ readonly lanes: Got<readonly Lane[]>; readonly dnsMs: Ms | null }> {
  const [first] = live;
  if (first !== undefined && step.until !== "resolved")
    return { lanes: got(keptLanes(step, live, first)), dnsMs: null };
  const { addresses, dnsMs } = await names.resolve(target, budget, step.until === "resolved");
  if (addresses.kind === "failed") return { lanes: addresses, dnsMs };
  const all = addresses.value;
  const used = step.address === "each" ? all : all.slice(0, 1);
  return { lanes: got(used.map((candidate) => lane(candidate, all, null))), dnsMs };
}

function keptLanes(step: Step, live: readonly Wire[], first: Wire): readonly Lane[] {
  const { addresses } = first;
  if (step.address === "any") return [lane(first.address, addresses, first)];
  return addresses.map((one) => lane(one, addresses, live.find(({ address }) => address === one) ?? null));
}

const lane = (candidate: string, addresses: readonly string[], wire: Wire | null): Lane => ({
  candidate,
  addresses,
  address: wire?.address ?? null,
  wire,
});

interface Walk {
  readonly target: Target;
  readonly step: Step;
  readonly lane: Lane;
  readonly request: ComposedRequest | null;
  readonly budget: Budget;
  readonly course: Course;
}

/** Connects, secures and asks, as far as the step goes. */
async function walk(means: Means, { target, step, lane, request, budget, course }: Walk): Promise<Outcome> {
  const reached = await reach(means, { target, step, lane, request, budget, course });
  if (reached.kind === "failed") return reached;
  const wire = reached.value;
  const { scheme } = target.origin;
  if (step.until === "connected" || (step.until === "secured" && scheme === "http")) {
    const held = await hold(wire, budget);
    return held.kind === "failed" ? held : { kind: "connected" };
  }
  if (scheme === "https" && wire.tls === null) {
    const startedAt = performance.now();
    const secured = await shakeHands(wire, target, means.trust, budget);
    course.tlsMs = ms(performance.now() - startedAt);
    if (secured.kind === "failed") return secured;
  }
  if (request === null) return { kind: "secured" };
  if (wire.socket.destroyed) return failed(endOf(wire, scheme === "https" ? "tls" : "connect"));
  return await ask(target, { wire, request, firstByteMs: target.deadlines.firstByteMs, budget, course });
}

/** How a wire ended before anything could be asked on it. */
const endOf = ({ error }: Wire, phase: Phase): Failure =>
  error === null ? { kind: "closed", phase } : toFailure(error, phase);

async function reach(means: Means, { target, step, lane, budget, course }: Walk): Promise<Got<Wire>> {
  const { wire, candidate, addresses } = lane;
  if (wire !== null) return got(wire);
  const allowed = (address: string): boolean => isAllowed(address, means.allow, target.kind.privateRanges);
  if (!allowed(candidate)) {
    const concerned = step.address === "each" ? [candidate] : addresses;
    return failed({ kind: "address-not-allowed", addresses: concerned.filter((one) => !allowed(one)) });
  }
  lane.address = candidate;
  const startedAt = performance.now();
  const dialled = await dial(target, { id: means.nextId(), address: candidate, addresses }, budget);
  course.connectMs = ms(performance.now() - startedAt);
  if (dialled.kind === "got") {
    lane.wire = dialled.value;
    means.remember(dialled.value);
  }
  return dialled;
}

async function ask({ protocol }: Target, errand: Errand): Promise<Outcome> {
  try {
    const answer = await (protocol === "h2" ? exchangeHttp2(errand) : exchangeHttp1(errand));
    if (answer.kind === "failed") return answer;
    // A request that was answered before it was written to its end leaves a socket that nobody else can use.
    if (errand.course.writeEndedAt === null) errand.wire.close();
    return answer.value;
  } catch (error) {
    // Node refuses to write a header or a path with characters that do not belong there.
    return failed(toFailure(error, "send"));
  }
}
