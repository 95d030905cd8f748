import http from "k6/http";
import { tags as names } from "#core/plan/k6-metrics.ts";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { Signable, Signed } from "#core/signing/signable.ts";
import type { TargetRequest } from "#core/targets/target.ts";
import { sign } from "./auth.ts";

/** A request with all that stays the same from one sending to the next: what k6 is given is put together once. */
export interface Prepared {
  readonly request: TargetRequest;
  readonly auth: "iam" | "none";
  readonly timeoutMs: number;
  /** What k6 is told; `headers` and `tags` change between sendings. */
  readonly params: {
    headers: Record<string, string>;
    readonly tags: Record<string, string>;
    readonly timeout: number;
    readonly responseType: "text" | "none";
    readonly responseCallback: ReturnType<typeof http.expectedStatuses>;
    readonly redirects: 0;
  };
  headers(): Record<string, string>;
}

// By the request's object: scenarios send the same few again and again, or make new ones that may be forgotten.
const prepared = new WeakMap<TargetRequest, Prepared>();

export function prepare(
  target: PlannedTarget,
  request: TargetRequest,
  auth: "iam" | "none",
  timeoutMs: number,
): Prepared {
  const known = prepared.get(request);
  if (known !== undefined && known.auth === auth && known.timeoutMs === timeoutMs) return known;
  const fresh = make(target, request, auth, timeoutMs);
  prepared.set(request, fresh);
  return fresh;
}

function make(target: PlannedTarget, request: TargetRequest, auth: "iam" | "none", timeoutMs: number): Prepared {
  const unsigned = { ...request.headers, host: target.hostHeader };
  return {
    request,
    auth,
    timeoutMs,
    params: {
      headers: unsigned,
      tags: { [names.name]: request.name, [names.auth]: auth },
      timeout: timeoutMs,
      // k6 reads the body in any case; this only spares the script a copy.
      responseType: request.expect.body === null ? "none" : "text",
      responseCallback: http.expectedStatuses(...request.expect.statuses),
      redirects: 0,
    },
    headers: auth === "none" ? () => unsigned : signedHeaders(target, request, unsigned),
  };
}

function signedHeaders(
  target: PlannedTarget,
  request: TargetRequest,
  unsigned: Record<string, string>,
): () => Record<string, string> {
  const { method, path, headers, body } = request;
  const signable: Signable = { method, host: target.hostHeader, path, headers, body };
  let last: Signed | null = null;
  let merged = unsigned;
  return () => {
    const signed = sign(target, signable);
    if (signed !== last) merged = { ...unsigned, ...signed.headers };
    last = signed;
    return merged;
  };
}
