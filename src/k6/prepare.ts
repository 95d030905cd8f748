import http from "k6/http";
import { tags as names } from "#core/plan/k6-metrics.ts";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { Signable } from "#core/signing/signable.ts";
import { isIdempotent } from "#core/targets/methods.ts";
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
  responseType?: "text";
  responseCallback?: StatusCallback;
}

export interface Prepared {
  readonly auth: Auth;
  readonly timeoutMs: number;
  readonly params: Params;
  readonly signable: Signable;
}

// By the request's object: scenarios send the same few again and again, or make new ones that may be forgotten. Not a WeakMap:
// to k6's garbage collector each of its entries is a clean-up of its own, which cost requests that all differ more than signing.
const prepared = new Map<TargetRequest, Prepared>();
const preparedMax = 32;
/** Longer bodies are not held on to; what is prepared is nothing beside sending them. */
const heldBodyMax = 16_384;

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
  if (body !== null && body.length > heldBodyMax) return fresh;
  if (prepared.size >= preparedMax) prepared.clear();
  prepared.set(request, fresh);
  return fresh;
}

function paramsOf(request: TargetRequest, auth: Auth, timeoutMs: number): Params {
  const { name, method, headers, expect } = request;
  const params: Params = { headers, tags: { [names.name]: name, [names.auth]: auth }, timeout: timeoutMs };
  if (!isIdempotent(method)) params.tags[names.once] = "1";
  // k6 reads the body in any case; `discardResponseBodies` only spares the script a copy.
  if (expect.body !== null || expect.denied !== undefined) params.responseType = "text";
  if (!isUsual(expect.statuses)) params.responseCallback = callbackFor(expect.statuses);
  return params;
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
