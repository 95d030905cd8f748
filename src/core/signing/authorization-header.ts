import { algorithm } from "./string-to-sign.ts";

/** What an `Authorization` header claims; none of it is verified yet. */
export interface ParsedAuthorization {
  readonly accessKeyId: string;
  readonly day: string;
  readonly region: string;
  readonly service: string;
  /** Should be `aws4_request`. */
  readonly terminator: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** AWS's own names of the parts. `Algorithm`: the header begins otherwise than `AWS4-HMAC-SHA256`. */
export type MissingPart = "Algorithm" | "Credential" | "Signature" | "SignedHeaders" | "Date";

export type AuthorizationParse =
  | ({ readonly kind: "ok" } & ParsedAuthorization)
  | { readonly kind: "incomplete"; readonly missing: MissingPart };

export const authorizationHeader = (credential: string, signedHeaders: string, signature: string): string =>
  `${algorithm} Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`;

export function parseAuthorization(text: string): AuthorizationParse {
  if (!text.startsWith(`${algorithm} `)) return { kind: "incomplete", missing: "Algorithm" };
  const parts = new Map<string, string>();
  for (const part of text.slice(algorithm.length + 1).split(",")) {
    const mark = part.indexOf("=");
    if (mark > 0) parts.set(part.slice(0, mark).trim(), part.slice(mark + 1).trim());
  }
  return claims(parts.get("Credential"), parts.get("Signature"), parts.get("SignedHeaders"));
}

/** The parts that header and query form have in common, or the first that is missing in the order AWS names them. */
export function claims(
  credential: string | undefined,
  signature: string | undefined,
  signedHeaders: string | undefined,
): AuthorizationParse {
  const [accessKeyId = "", day = "", region = "", service = "", terminator = "", ...rest] = (credential ?? "").split(
    "/",
  );
  if (accessKeyId === "" || terminator === "" || rest.length > 0) return { kind: "incomplete", missing: "Credential" };
  if (signature === undefined || signature === "") return { kind: "incomplete", missing: "Signature" };
  if (signedHeaders === undefined || signedHeaders === "") return { kind: "incomplete", missing: "SignedHeaders" };
  return {
    kind: "ok",
    accessKeyId,
    day,
    region,
    service,
    terminator,
    signedHeaders: signedHeaders.split(";"),
    signature,
  };
}
