import { expect, onTestFinished } from "vitest";
import type { Answered, Exchange, SigningVariant, Until } from "#core/observations/exchange.ts";
import type { Failure } from "#core/observations/failure.ts";
import type { RequestToSend, Step } from "#core/observations/step.ts";
import type { SignRequest } from "#core/signing/sign-request.ts";
import type { Deadlines, Target } from "#core/targets/target.ts";
import { ms } from "#core/units.ts";
import { createProbe, type Probe, type ProbeOptions } from "#node/probe/probe.ts";
import { makeTarget } from "./make.ts";

/** Signs nothing and says so: for everything that is not about signing. */
export const unsigned: SignRequest = async () => ({
  kind: "signed",
  headers: {},
  canonicalRequest: null,
  secrets: [],
  agreesWithReference: null,
});

/** A probe of one test; closed with it. */
export function probing(over: Partial<ProbeOptions> = {}): Probe {
  const probe = createProbe({
    network: { resolve: {}, dns: null, caFile: null },
    caPem: null,
    allow: ["private"],
    sign: unsigned,
    now: Date.now,
    signal: new AbortController().signal,
    ...over,
  });
  onTestFinished(() => probe.close());
  return probe;
}

export const deadlines = (over: Partial<Record<keyof Deadlines, number>> = {}): Deadlines => ({
  dnsMs: ms(over.dnsMs ?? 5000),
  connectMs: ms(over.connectMs ?? 5000),
  tlsMs: ms(over.tlsMs ?? 5000),
  firstByteMs: ms(over.firstByteMs ?? 5000),
  totalMs: ms(over.totalMs ?? 10_000),
});

/** A target on 127.0.0.1. */
export const plainAt = (port: number, over: Partial<Target> = {}): Target =>
  makeTarget("http", {
    origin: { scheme: "http", host: "127.0.0.1", port },
    hostHeader: "orders.test",
    serverName: null,
    auth: "none",
    deadlines: deadlines(),
    ...over,
  });

/** The same on TLS, under a pinned name. */
export const secureAt = (port: number, over: Partial<Target> = {}): Target =>
  plainAt(port, {
    origin: { scheme: "https", host: "orders.test", port },
    serverName: "orders.test",
    pinned: ["127.0.0.1"],
    ...over,
  });

export const step = (
  until: Until,
  over: Partial<Step> & { readonly keptAfter?: number; readonly send?: Partial<RequestToSend> } = {},
): Step => {
  const { keptAfter, send, ...rest } = over;
  return {
    label: "first",
    until,
    address: "any",
    socket: keptAfter === undefined ? { kind: "fresh" } : { kind: "kept", idleBeforeMs: ms(keptAfter) },
    request: send === undefined ? null : { method: "GET", path: "/", headers: {}, body: null, ...send },
    signing: "unsigned" satisfies SigningVariant,
    ...rest,
  };
};

/** The one exchange of one step, and how long it took. */
export async function performOne(
  probe: Probe,
  target: Target,
  only: Step = step("answered"),
): Promise<Exchange & { readonly tookMs: number }> {
  const startedAt = performance.now();
  const exchanges = await probe.perform(target, "some-check", [only]);
  const tookMs = performance.now() - startedAt;
  const [exchange] = exchanges;
  if (exchange === undefined) throw new Error("no exchange");
  expect(exchanges).toHaveLength(1);
  return { ...exchange, tookMs };
}

export const failureOf = ({ outcome }: Exchange): Failure | null =>
  outcome.kind === "failed" ? outcome.failure : null;

export function answerOf({ outcome }: Exchange): Answered {
  if (outcome.kind !== "answered") throw new Error(`not answered: ${JSON.stringify(outcome)}`);
  return outcome;
}
