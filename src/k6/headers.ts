import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { Signable, Signed } from "#core/signing/signable.ts";
import { sign } from "./auth.ts";

/** A request's own headers with `host`, as k6 sends them: open, and with a signature. */
interface Outfit {
  readonly host: string;
  readonly open: Record<string, string>;
  /** Written over at each signature: k6 has read it by then. */
  readonly signed: Record<string, string>;
  /** What was written last; the signer gives the same object while a signature holds. */
  added: Signed["headers"] | null;
}

// By the headers' object, which requests that differ in path and body have in common.
const outfits = new WeakMap<Signable["headers"], Outfit>();

/** The headers to send, good until the next call. */
export function headersFor(target: PlannedTarget, signable: Signable, auth: "iam" | "none"): Record<string, string> {
  const outfit = outfitOf(signable.headers, signable.host);
  if (auth === "none") return outfit.open;
  const { headers } = sign(target, signable);
  if (headers !== outfit.added) put(headers, outfit, signable.headers);
  return outfit.signed;
}

function put(added: Signed["headers"], outfit: Outfit, own: Signable["headers"]): void {
  const { signed } = outfit;
  outfit.added = added;
  // By index: an iterator makes an object a step, which in k6 costs as much as the rest of the loop.
  for (let at = 0; at < addedBySigning.length; at++) {
    const name = addedBySigning[at] ?? "";
    const value = added[name];
    if (value !== undefined) signed[name] = value;
    else if (signed[name] !== undefined && own[name] === undefined) delete signed[name];
  }
}

// Not what is there: to list an object's names costs more in k6 than to look for these four.
const addedBySigning = ["x-amz-date", "authorization", "x-amz-security-token", "x-amz-content-sha256"];

function outfitOf(headers: Signable["headers"], host: string): Outfit {
  const known = outfits.get(headers);
  if (known !== undefined && known.host === host) return known;
  const fresh: Outfit = { host, open: { ...headers, host }, signed: { ...headers, host }, added: null };
  outfits.set(headers, fresh);
  return fresh;
}
