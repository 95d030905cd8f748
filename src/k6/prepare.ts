import http from "k6/http";
import { tags as names } from "#core/plan/k6-metrics.ts";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { Signable } from "#core/signing/signable.ts";
import type { TargetRequest } from "#core/targets/target.ts";
import { targets } from "./plan.ts";

type Auth = PlannedTarget["auth"];
type StatusCallback = ReturnType<typeof http.expectedStatuses>;

/** What k6 is told beside method, URL and body. It reads every member anew for each request: none that need not be there. */
export interface Params {
  /** Put in before each sending. */
  headers: Record<string, string>;
  readonly tags: Record<string, string>;
  readonly timeout: number;
  readonly responseType?: "text";
  readonly responseCallback?: StatusCallback;
}

export interface Prepared {
  readonly auth: Auth;
  readonly timeoutMs: number;
  readonly params: Params;
  readonly signable: Signable;
}

// By the request's object: scenarios send the same few again and again, or make new ones that may be forgotten.
const prepared = new WeakMap<TargetRequest, Prepared>();

/** What stays the same from one sending of a request to the next. */
export function prepare(target: PlannedTarget, request: TargetRequest, auth: Auth, timeoutMs: number): Prepared {
  const known = prepared.get(request);
  if (
    known !== undefined &&
    known.auth === auth &&
    known.timeoutMs === timeoutMs &&
    known.signable.host === target.hostHeader
  )
    return known;
  const { method, path, headers, body } = request;
  const signable = { method, host: target.hostHeader, path, headers, body };
  const fresh = { auth, timeoutMs, params: paramsOf(request, auth, timeoutMs), signable };
  prepared.set(request, fresh);
  return fresh;
}

function paramsOf({ name, headers, expect: { statuses, body } }: TargetRequest, auth: Auth, timeoutMs: number): Params {
  const callback = isUsual(statuses) ? null : callbackFor(statuses);
  return {
    headers,
    tags: { [names.name]: name, [names.auth]: auth },
    timeout: timeoutMs,
    // k6 reads the body in any case; `discardResponseBodies` only spares the script a copy.
    ...(body === null ? {} : { responseType: "text" }),
    ...(callback === null ? {} : { responseCallback: callback }),
  };
}

/** What most requests expect is told to k6 once. */
const usual: readonly number[] = targets[0]?.requests[0]?.expect.statuses ?? [200];
http.setResponseCallback(http.expectedStatuses(...usual));

const isUsual = (statuses: readonly number[]): boolean =>
  statuses === usual || (statuses.length === usual.length && statuses.every((status, at) => status === usual[at]));

const callbacks = new WeakMap<readonly number[], StatusCallback>();

function callbackFor(statuses: readonly number[]): StatusCallback {
  const callback = callbacks.get(statuses) ?? http.expectedStatuses(...statuses);
  callbacks.set(statuses, callback);
  return callback;
}
