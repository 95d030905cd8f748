import { buildEvent } from "#core/events/build-event.ts";
import { readFunctionResponse } from "#core/events/read-function-response.ts";
import type { Refusal } from "#core/targets/dialects/dialect.ts";
import { statusText } from "#core/targets/dialects/said.ts";
import type { LabTarget, Surroundings } from "../world.ts";
import { kindOf } from "./deployment.ts";
import { type Accepted, frontRequest } from "./front-request.ts";
import type { Response } from "./reply.ts";
import { runFunction } from "./run-function.ts";

export type Called =
  | { readonly kind: "answered"; readonly reply: Response }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly afterMs: number };

/** Invokes the function behind a front: builds its event, waits no longer than the front does, reads what it returns. */
export function callFunction(accepted: Accepted, target: LabTarget, world: Surroundings): Called {
  const { limits, timers } = kindOf(target);
  const event = buildEvent(accepted.form, frontRequest(accepted));
  const ran = runFunction(accepted.form, event, accepted.requestId, world);
  const patienceMs = (timers.request?.value ?? Number.POSITIVE_INFINITY) * world.timeScale;
  if (ran.afterMs > patienceMs) return { kind: "refused", refusal: { kind: impatience(target) }, afterMs: patienceMs };
  if (ran.kind === "failed") {
    const { errorType, errorMessage, afterMs } = ran;
    return { kind: "refused", refusal: { kind: "function-error", errorType, errorMessage }, afterMs };
  }
  const invalid: Called = { kind: "refused", refusal: { kind: "invalid-function-response" }, afterMs: ran.afterMs };
  const bytesMax = limits.responseBody?.value ?? Number.POSITIVE_INFINITY;
  if (Buffer.byteLength(ran.payload) > bytesMax) return invalid;
  const read = readFunctionResponse(accepted.form, JSON.parse(ran.payload));
  if (read.kind === "invalid") return invalid;
  const body = "base64" in read.body ? Buffer.from(read.body.base64, "base64") : read.body.text;
  return {
    kind: "answered",
    reply: {
      kind: "response",
      afterMs: ran.afterMs,
      status: read.status,
      statusText: read.statusText ?? statusText(read.status),
      headers: read.headers,
      body,
    },
  };
}

const impatience = ({ kind }: LabTarget) => (kind === "api-gateway" ? "integration-timeout" : "target-timeout");
