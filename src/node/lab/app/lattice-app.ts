import { randomUUID } from "node:crypto";
import type { Principal } from "#core/policies/access.ts";
import { combinationFor } from "#core/policies/decide.ts";
import { unsignedPayload } from "#core/signing/payload-hash.ts";
import { readAuthorization } from "#core/signing/read-authorization.ts";
import type { Refusal } from "#core/targets/dialects/dialect.ts";
import { labAccount, labRegion } from "../targets.ts";
import type { App, LabReply, LabRequest } from "../wire.ts";
import type { LabTarget, Surroundings } from "../world.ts";
import { accessKeyIdOf, authenticate } from "./authenticate.ts";
import { authorize } from "./authorize.ts";
import { callFunction } from "./call-function.ts";
import { eventFormOf, kindOf } from "./deployment.ts";
import { latticeConditions } from "./lattice-conditions.ts";
import { archiveGroup, archivingListener, ordersListener } from "./lattice-listener.ts";
import { actionFor, groupAt } from "./lattice-rules.ts";
import { exceeds } from "./limits.ts";
import { header, hostOf, pathOf } from "./message.ts";
import { namesOf, serviceArnOf } from "./names.ts";
import { policiesFor, policySet } from "./policy-set.ts";
import { type Headers, refuse, withHeaders } from "./reply.ts";
import { faultDelayMs } from "./run-function.ts";
import { archived } from "./spoil.ts";

const headersMax = 100;
const requestIdBytesMax = 512;

type Admission =
  | { readonly kind: "admitted"; readonly principal: Principal }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** A service of VPC Lattice with a Lambda target. */
export function latticeApp(target: LabTarget, world: Surroundings): App {
  const { dialect } = kindOf(target);
  const form = eventFormOf(target);
  const policies = policySet(world);
  const listener = world.effects.service === "routing-wrong" ? archivingListener : ordersListener;
  let turn = 0;

  /** Signature first, whatever the policies would say of an anonymous caller. */
  function admit(request: LabRequest): Admission {
    if (target.auth === "none") return { kind: "admitted", principal: { kind: "anonymous" } };
    const refusal = payloadSigned(request);
    if (refusal !== null) return { kind: "refused", refusal };
    const caller = authenticate(request, { service: "vpc-lattice-svcs", region: labRegion }, world);
    if (caller.kind === "refused") return caller;
    const principal: Principal = caller.kind === "caller" ? caller.principal : { kind: "anonymous" };
    if (caller.kind === "unsigned" && world.effects.signing === "open-to-anyone")
      return { kind: "admitted", principal };
    const asking = {
      principal,
      action: "vpc-lattice-svcs:Invoke",
      resource: `${serviceArnOf(target)}${pathOf(request)}`,
      conditions: latticeConditions(request, target),
    };
    const inForce = policiesFor(caller.kind === "caller" ? caller.by : null, policies, world);
    const denied = authorize(combinationFor("lattice", principal, { account: labAccount }), asking, inForce);
    return denied === null ? { kind: "admitted", principal } : { kind: "refused", refusal: denied };
  }

  function route(request: LabRequest, principal: Principal, requestId: string, always: Headers): LabReply {
    const action = actionFor(listener, request);
    if (action.kind === "fixed") return refuse(dialect, { kind: "fixed", status: action.status }, always);
    const targetGroupArn = groupAt(action.groups, turn);
    turn += 1;
    if (targetGroupArn === null) return refuse(dialect, { kind: "no-targets" }, always);
    if (targetGroupArn === archiveGroup) return withHeaders(archived, always);
    const limit = exceeds(target, world, "requestBody", request);
    if (limit !== null) return refuse(dialect, { kind: "payload-too-large", limitBytes: limit.bytes }, always);
    const names = namesOf(target, { targetGroupArn });
    const accessKeyId = accessKeyIdOf(request);
    const called = callFunction({ request, principal, accessKeyId, form, names, requestId }, target, world);
    if (called.kind === "refused") return refuse(dialect, called.refusal, always, called.afterMs);
    return withHeaders(called.reply, always);
  }

  return async (request) => {
    const requestId = requestIdFor(request);
    const always: Headers = [["x-amzn-requestid", requestId]];
    const broken = tooManyHeaders(request) || exceeds(target, world, "requestHeaders", request) !== null;
    if (broken) return refuse(dialect, { kind: "headers-too-large" }, always);
    if (!isThisService(request, target) || world.effects.service === "service-not-associated")
      return refuse(dialect, { kind: "not-identified" }, always);
    const admission = admit(request);
    if (admission.kind === "refused") return refuse(dialect, admission.refusal, always);
    const failing = brokenTargets(world);
    if (failing !== null) return refuse(dialect, failing, always, faultDelayMs(60_000, world.timeScale));
    return route(request, admission.principal, requestId, always);
  };
}

const tooManyHeaders = ({ headers }: LabRequest): boolean => headers.length > headersMax;

/** A client's own id is taken over, cut; else Lattice makes one. */
const requestIdFor = (request: LabRequest): string =>
  header(request, "x-amzn-requestid")?.slice(0, requestIdBytesMax) ?? randomUUID();

const isThisService = (request: LabRequest, { hostname, otherNames }: LabTarget): boolean =>
  [hostname, ...otherNames].includes(hostOf(request));

/** Where the payload's hash is judged is not documented; here before the signature, so that its own words are heard. */
function payloadSigned(request: LabRequest): Refusal | null {
  const reading = readAuthorization(request);
  if (reading.kind !== "ok") return null;
  return header(request, "x-amz-content-sha256") === unsignedPayload ? null : { kind: "payload-signed" };
}

function brokenTargets({ effects }: Surroundings): Refusal | null {
  switch (effects.service) {
    case "throttled":
    case "target-unreachable":
    case "no-targets":
      return { kind: effects.service };
    case "target-slow":
      return { kind: "target-timeout" };
    default:
      return null;
  }
}
