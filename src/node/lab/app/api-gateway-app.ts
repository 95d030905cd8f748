import { randomBytes, randomUUID } from "node:crypto";
import type { Principal } from "#core/policies/access.ts";
import { combinationFor } from "#core/policies/decide.ts";
import type { Refusal } from "#core/targets/dialects/dialect.ts";
import type { LabCaller } from "../callers.ts";
import { labAccount, labRegion } from "../targets.ts";
import type { App, LabReply, LabRequest } from "../wire.ts";
import type { LabTarget, Surroundings } from "../world.ts";
import { isThisApi, methodArn, withoutStage } from "./api-names.ts";
import { findResource, ordersApi } from "./api-routes.ts";
import { accessKeyIdOf, authenticate } from "./authenticate.ts";
import { authorize, endpointConditions } from "./authorize.ts";
import { callFunction } from "./call-function.ts";
import { configured, eventFormOf, kindOf } from "./deployment.ts";
import { exceeds } from "./limits.ts";
import { pathOf } from "./message.ts";
import { namesOf } from "./names.ts";
import { policiesFor, policySet } from "./policy-set.ts";
import { type Headers, refuse } from "./reply.ts";
import { faultDelayMs } from "./run-function.ts";

type Admission =
  | { readonly kind: "admitted"; readonly principal: Principal; readonly by: LabCaller | null }
  | { readonly kind: "refused"; readonly refusal: Refusal };

const anonymous: Admission = { kind: "admitted", principal: { kind: "anonymous" }, by: null };

/** A private REST API with a Lambda proxy integration. */
export function apiGatewayApp(target: LabTarget, world: Surroundings): App {
  const { dialect } = kindOf(target);
  const form = eventFormOf(target);
  const policies = policySet(world);
  const stage = configured(target, "stage");

  function admit(request: LabRequest): Admission {
    const caller = identify(request);
    if (caller.kind === "refused") return caller;
    const { principal } = caller;
    if (principal.kind === "anonymous" && world.effects.signing === "open-to-anyone") return caller;
    const asking = {
      principal,
      action: "execute-api:Invoke",
      resource: methodArn(target, request),
      conditions: endpointConditions(request),
    };
    const inForce = policiesFor(caller.by, policies, world);
    const denied = authorize(combinationFor("api-gateway", principal, { account: labAccount }), asking, inForce);
    return denied === null ? caller : { kind: "refused", refusal: denied };
  }

  function identify(request: LabRequest): Admission {
    if (target.auth === "none") return anonymous;
    const caller = authenticate(request, { service: "execute-api", region: labRegion }, world);
    if (caller.kind === "refused") return caller;
    if (caller.kind === "caller") return { ...caller, kind: "admitted" };
    return world.effects.signing === "open-to-anyone"
      ? anonymous
      : { kind: "refused", refusal: { kind: "auth-missing" } };
  }

  return async (request) => {
    const requestId = randomUUID();
    const always: Headers = [
      ["x-amzn-requestid", requestId],
      ["x-amz-apigw-id", `${randomBytes(11).toString("base64url")}=`],
    ];
    const no = (refusal: Refusal): LabReply => refuse(dialect, refusal, always);
    if (exceeds(target, world, "requestHeaders", request) !== null) return no({ kind: "headers-too-large" });
    if (!isThisApi(request, target) || world.effects.service === "api-not-identified")
      return no({ kind: "not-identified" });
    const path = withoutStage(pathOf(request), stage);
    // A wrong stage leads to no API at all, a wrong path to no route of it.
    if (path === null) return no({ kind: "not-identified" });
    const resource = world.effects.service === "route-missing" ? null : findResource(ordersApi, request.method, path);
    if (resource === null) return no({ kind: "unknown-route" });
    const admission = admit(request);
    if (admission.kind === "refused") return no(admission.refusal);
    const limited = overLimits(request, target, world);
    if (limited !== null) return no(limited);
    if (world.effects.service === "integration-slow")
      return refuse(dialect, { kind: "integration-timeout" }, always, faultDelayMs(29_000, world.timeScale));
    const names = namesOf(target, { resourcePath: resource.template });
    const { principal } = admission;
    const accessKeyId = accessKeyIdOf(request);
    const called = callFunction({ request, principal, accessKeyId, form, names, requestId }, target, world);
    if (called.kind === "refused") return refuse(dialect, called.refusal, always, called.afterMs);
    return { ...called.reply, headers: [...remapped(called.reply.headers), ...always] };
  };
}

function overLimits(request: LabRequest, target: LabTarget, world: Surroundings): Refusal | null {
  const { service } = world.effects;
  if (service === "throttled" || service === "quota-exceeded") return { kind: service };
  const limit = exceeds(target, world, "requestBody", request);
  return limit === null ? null : { kind: "payload-too-large", limitBytes: limit.bytes };
}

/** Response headers that API Gateway keeps to itself. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
const kept = ["connection", "content-length", "date", "server", "user-agent", "www-authenticate"];

const remapped = (headers: Headers): Headers =>
  headers.map(([name, value]) => [kept.includes(name.toLowerCase()) ? `x-amzn-remapped-${name}` : name, value]);
