import { payloadHash } from "#core/signing/payload-hash.ts";
import { hashing } from "#node/crypto/hashing.ts";
import type { Effects } from "../fault.ts";
import type { LabRequest } from "../wire.ts";
import { header, withHeader } from "./message.ts";

/** What a box between client and front does to a request on its way: nothing, on a healthy path. */
export function interfere(request: LabRequest, signing: Effects["signing"]): LabRequest {
  switch (signing) {
    case "authorization-stripped":
      return withHeader(request, "authorization", null);
    case "path-rewritten":
      // A tag in the query leaves route and function as they are, so that only the signature suffers.
      return { ...request, path: `${request.path}${request.path.includes("?") ? "&" : "?"}via=gateway` };
    case "host-rewritten":
      return withHeader(request, "host", otherAuthority(request));
    case "payload-hash-rewritten":
      return header(request, "x-amz-content-sha256") === null
        ? request
        : withHeader(request, "x-amz-content-sha256", payloadHash(hashing, request.body));
    default:
      return request;
  }
}

/** The same host with its port dropped or added: still the same service, no longer what was signed. */
function otherAuthority(request: LabRequest): string {
  const host = header(request, "host") ?? "";
  return /:\d+$/.test(host) ? host.replace(/:\d+$/, "") : `${host}:${request.scheme === "https" ? 443 : 80}`;
}
