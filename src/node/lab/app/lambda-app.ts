import { randomUUID } from "node:crypto";
import { readPayload } from "#core/events/payload.ts";
import { combinationFor } from "#core/policies/decide.ts";
import { parseFunction } from "#core/targets/function-name.ts";
import { mib } from "#core/units.ts";
import { labAccount, labRegion } from "../targets.ts";
import type { App, LabReply, LabRequest } from "../wire.ts";
import type { LabTarget, Surroundings } from "../world.ts";
import { authenticate } from "./authenticate.ts";
import { authorize, endpointConditions } from "./authorize.ts";
import { configured, kindOf } from "./deployment.ts";
import { logTail, misdirected, notJson, result } from "./lambda-answers.ts";
import { type LambdaCall, lambdaCall } from "./lambda-path.ts";
import { exceeds } from "./limits.ts";
import { header } from "./message.ts";
import { policiesFor, policySet } from "./policy-set.ts";
import { labPrincipal } from "./principal.ts";
import { answer, refuse } from "./reply.ts";
import { runFunction } from "./run-function.ts";

type Invocation = Extract<LambdaCall, { kind: "invoke" }>;

// Lambda's own limit for asynchronous invocations.
const eventBytesMax = mib(1);

/** Versions and aliases of the lab's function, and the version each leads to. */
const versions: Readonly<Record<string, string>> = { $LATEST: "$LATEST", live: "7", "7": "7" };

/** Lambda's Invoke API behind an interface endpoint. */
export function lambdaApp(target: LabTarget, world: Surroundings): App {
  const { dialect } = kindOf(target);
  const policies = policySet(world);
  const deployed = parseFunction(configured(target, "function"))?.unqualified.split(":").at(-1);

  const exists = ({ name, qualifier }: Invocation): boolean =>
    world.effects.service !== "function-missing" && name === deployed && versions[qualifier ?? "$LATEST"] !== undefined;

  return async (request) => {
    const requestId = randomUUID();
    const always = [["x-amzn-requestid", requestId]] as const;
    if (exceeds(target, world, "requestHeaders", request))
      return refuse(dialect, { kind: "headers-too-large" }, always);
    const open = world.effects.signing === "open-to-anyone";
    const caller = authenticate(request, { service: "lambda", region: labRegion }, world);
    if (caller.kind === "refused") return refuse(dialect, caller.refusal, always);
    if (caller.kind === "unsigned" && !open) return refuse(dialect, { kind: "auth-missing" }, always);
    const call = lambdaCall(request);
    if (call.kind !== "invoke" && call.kind !== "other") return misdirected(call, always);
    const by = caller.kind === "caller" ? caller.by : null;
    const principal = by?.principal ?? labPrincipal;
    const asking = {
      principal,
      action: call.kind === "invoke" ? "lambda:InvokeFunction" : call.action,
      resource: call.kind === "invoke" ? call.arn : "*",
      conditions: endpointConditions(request),
    };
    const combination = combinationFor("lambda", principal, { account: labAccount });
    const denied = authorize(combination, asking, policiesFor(by, policies, world));
    if (denied !== null) return refuse(dialect, denied, always);
    if (call.kind === "other") return misdirected({ kind: "unknown" }, always);
    if (!exists(call)) return refuse(dialect, { kind: "function-not-found", arn: call.arn }, always);
    if (world.effects.service === "throttled") return refuse(dialect, { kind: "throttled" }, always);
    const limit = exceeds(target, world, "requestBody", request);
    if (limit) return refuse(dialect, { kind: "payload-too-large", limitBytes: limit.bytes }, always);
    return invoke(call, request, requestId);
  };

  function invoke(call: Invocation, request: LabRequest, requestId: string): LabReply {
    const always = [["x-amzn-requestid", requestId]] as const;
    const payload = readPayload(request.body.toString());
    if (payload.kind === "not-json") return notJson(always);
    switch (header(request, "x-amz-invocation-type")) {
      case "DryRun":
        return answer(204, always, "");
      case "Event":
        return request.body.length > eventBytesMax
          ? refuse(dialect, { kind: "payload-too-large", limitBytes: eventBytesMax }, always)
          : answer(202, always, "");
      default:
        return result(runFunction("direct", payload.event, requestId, world), [
          ...always,
          ["x-amz-executed-version", versions[call.qualifier ?? "$LATEST"] ?? "$LATEST"],
          ...logTail(request, requestId),
        ]);
    }
  }
}
