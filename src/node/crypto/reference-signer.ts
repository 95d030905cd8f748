import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@aws-sdk/signature-v4";
import { pathOf } from "#core/signing/canonical-path.ts";
import { queryOf } from "#core/signing/canonical-query.ts";
import type { Credentials } from "#core/signing/credentials.ts";
import type { Signable } from "#core/signing/signable.ts";
import type { SigningScope } from "#core/targets/target.ts";

/** AWS's own signer for JavaScript, given the same request in the form it takes. */
function referenceSigner(
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  { region, service }: SigningScope,
) {
  const token = sessionToken === null ? {} : { sessionToken };
  return new SignatureV4({
    service,
    region,
    credentials: { accessKeyId, secretAccessKey, ...token },
    sha256: Sha256,
    applyChecksum: false,
    uriEscapePath: service !== "s3",
  });
}

const protocol = "https:";

function referenceRequest({ method, host, path, headers, body }: Signable, { payload }: SigningScope) {
  return {
    protocol,
    hostname: host.replace(/:\d+$/, ""),
    method,
    path: pathOf(path),
    query: bagOf(queryOf(path)),
    headers: { ...headers, host, ...(payload === "unsigned" ? { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } : {}) },
    ...(body === null ? {} : { body }),
  };
}

/** The query as the reference takes it: decoded, every name with its values. */
function bagOf(query: string): Record<string, string[]> {
  const bag = new Map<string, string[]>();
  for (const pair of query.split("&").filter((one) => one !== "")) {
    const [name = "", ...rest] = pair.split("=");
    const key = decodeURIComponent(name);
    bag.set(key, [...(bag.get(key) ?? []), decodeURIComponent(rest.join("="))]);
  }
  return Object.fromEntries(bag);
}

/**
 * The headers that AWS's own pure-JavaScript pair puts on the request: what our signing core is held to. Far too slow to sign
 * a load with (300 a second inside k6).
 */
export async function signWithReference(
  signable: Signable,
  credentials: Credentials,
  scope: SigningScope,
  atMs: number,
): Promise<Readonly<Record<string, string>>> {
  const request = referenceRequest(signable, scope);
  const { headers } = await referenceSigner(credentials, scope).sign(request, { signingDate: new Date(atMs) });
  return headers;
}

/**
 * The query parameters that the reference puts on a presigned request.
 *
 * @param expiresIn seconds
 * @param own as of `presign`
 */
export async function presignWithReference(
  signable: Signable,
  credentials: Credentials,
  scope: SigningScope,
  atMs: number,
  expiresIn: number,
  own: "in-query" | "in-headers" = "in-query",
) {
  const request = referenceRequest(signable, scope);
  const unhoistableHeaders = new Set(own === "in-headers" ? Object.keys(request.headers) : []);
  const signed = await referenceSigner(credentials, scope).presign(request, {
    signingDate: new Date(atMs),
    expiresIn,
    unhoistableHeaders,
  });
  return signed.query ?? {};
}
