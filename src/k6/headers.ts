import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { TargetRequest } from "#core/targets/target.ts";
import { sign } from "./auth.ts";

/** A request's own headers with `host`, as k6 sends them: open, and with a signature. */
interface Outfit {
  readonly host: string;
  readonly open: Record<string, string>;
  /** Written over at each signature: k6 has read it by then. */
  readonly signed: Record<string, string>;
}

// By the headers' object, which requests that differ in path and body have in common.
const outfits = new WeakMap<TargetRequest["headers"], Outfit>();

/** The headers to send, good until the next call. */
export function headersFor(
  target: PlannedTarget,
  request: TargetRequest,
  auth: "iam" | "none",
): Record<string, string> {
  const { open, signed } = outfitOf(request.headers, target.hostHeader);
  if (auth === "none") return open;
  const { method, path, headers, body } = request;
  const added = sign(target, { method, host: target.hostHeader, path, headers, body }).headers;
  for (const name of addedBySigning) {
    const value = added[name];
    if (value !== undefined) signed[name] = value;
    else if (signed[name] !== undefined && headers[name] === undefined) delete signed[name];
  }
  return signed;
}

// Not what is there: to list an object's names costs more in k6 than to look for these four.
const addedBySigning = ["x-amz-date", "authorization", "x-amz-security-token", "x-amz-content-sha256"];

function outfitOf(headers: TargetRequest["headers"], host: string): Outfit {
  const known = outfits.get(headers);
  if (known !== undefined && known.host === host) return known;
  const fresh = { host, open: { ...headers, host }, signed: { ...headers, host } };
  outfits.set(headers, fresh);
  return fresh;
}
