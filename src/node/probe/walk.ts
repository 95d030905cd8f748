import type { Outcome } from "#core/observations/exchange.ts";
import type { Step } from "#core/observations/step.ts";
import { isAllowed } from "#core/targets/address-class.ts";
import type { Target } from "#core/targets/target.ts";
import { ms } from "#core/units.ts";
import { toFailure } from "#node/sockets/to-failure.ts";
import type { ComposedRequest } from "./compose.ts";
import type { Course } from "./course.ts";
import { dial, hold } from "./dial.ts";
import { endOf } from "./end-of.ts";
import { type Errand, exchangeHttp1 } from "./exchange-http1.ts";
import { exchangeHttp2 } from "./exchange-http2.ts";
import { failed, type Got, got } from "./got.ts";
import type { Lane } from "./lanes.ts";
import type { Means } from "./means.ts";
import { shakeHands } from "./shake-hands.ts";
import type { Wire } from "./wire.ts";
import type { Budget } from "./within.ts";

export interface Walk {
  readonly target: Target;
  readonly step: Step;
  readonly lane: Lane;
  readonly request: ComposedRequest | null;
  readonly budget: Budget;
  readonly course: Course;
}

/** Connects, secures and asks, as far as the step goes. */
export async function walk(means: Means, { target, step, lane, request, budget, course }: Walk): Promise<Outcome> {
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
  return await ask(target, {
    wire,
    request,
    firstByteMs: ms(Math.max(target.deadlines.firstByteMs, step.patienceMs ?? 0)),
    budget,
    course,
  });
}

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
  const tcpKeepAliveMs = step.socket.kind === "fresh" ? (step.socket.tcpKeepAliveMs ?? null) : null;
  const dialling = { id: means.nextId(), address: candidate, addresses, tcpKeepAliveMs };
  const dialled = await dial(target, dialling, budget);
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
