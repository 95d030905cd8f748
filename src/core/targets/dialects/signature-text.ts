import type { Refusal } from "./dialect.ts";
import { type Seen, seen } from "./said.ts";
import { sources } from "./sources.ts";

type AboutSignature = Extract<
  Refusal,
  {
    kind:
      | "auth-missing"
      | "auth-incomplete"
      | "wrong-scope"
      | "signature-expired"
      | "signature-not-yet"
      | "signature-mismatch"
      | "unknown-key"
      | "token-expired"
      | "payload-signed";
  }
>;

/** What is wrong with a signature, in the words that AWS services share; each front wraps them its own way. */
export interface SignatureComplaint {
  readonly code: string;
  readonly message: string;
  readonly seen: Seen;
}

const inCode = seen("code", sources.dynalite);
const inDocs = seen("doc", sources.signatureTroubleshooting);

export function signatureComplaint(refusal: Refusal): SignatureComplaint | null {
  switch (refusal.kind) {
    case "auth-missing":
    case "auth-incomplete":
    case "wrong-scope":
    case "signature-expired":
    case "signature-not-yet":
    case "signature-mismatch":
    case "unknown-key":
    case "token-expired":
    case "payload-signed":
      return complain(refusal);
    default:
      return null;
  }
}

function complain(refusal: AboutSignature): SignatureComplaint {
  switch (refusal.kind) {
    case "auth-missing":
      return complaint("MissingAuthenticationTokenException", "Missing Authentication Token", inCode);
    case "auth-incomplete":
      return incomplete(refusal.missing);
    case "wrong-scope":
      return complaint("InvalidSignatureException", refusal.problems.join(" "), inCode);
    case "signature-expired":
      return complaint("InvalidSignatureException", expired(refusal), inDocs);
    case "signature-not-yet":
      return complaint("InvalidSignatureException", notYet(refusal), inDocs);
    case "signature-mismatch":
      return complaint("InvalidSignatureException", mismatch(refusal.canonicalRequest, refusal.stringToSign), inCode);
    case "unknown-key":
      return complaint("UnrecognizedClientException", "The security token included in the request is invalid.", inCode);
    case "token-expired":
      return complaint("ExpiredTokenException", "The security token included in the request is expired", inCode);
    case "payload-signed":
      return complaint(
        "InvalidSignatureException",
        "Signed payloads are not supported",
        seen("code", sources.latticeSigning),
      );
  }
}

const complaint = (code: string, message: string, where: Seen): SignatureComplaint => ({ code, message, seen: where });

/** `missing` is a parameter of the Authorization header, `Date`, or `Host` where it is not among the signed headers. */
function incomplete(missing: string): SignatureComplaint {
  if (missing === "Host")
    return complaint("InvalidSignatureException", "'Host' must be a 'SignedHeader' in the AWS Authorization.", inCode);
  const message =
    missing === "Date"
      ? "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
      : `Authorization header requires '${missing}' parameter.`;
  return complaint("IncompleteSignatureException", message, inCode);
}

type Expired = Extract<Refusal, { kind: "signature-expired" }>;
type NotYet = Extract<Refusal, { kind: "signature-not-yet" }>;

const expired = ({ signedAt, now, windowMinutes }: Expired): string =>
  `Signature expired: ${signedAt} is now earlier than ${shifted(now, -windowMinutes)} (${now} - ${windowMinutes} min.)`;

const notYet = ({ signedAt, now, windowMinutes }: NotYet): string =>
  `Signature not yet current: ${signedAt} is still later than ${shifted(now, windowMinutes)} (${now} + ${windowMinutes} min.)`;

/** Moves a `YYYYMMDDTHHMMSSZ` stamp by whole minutes. */
function shifted(stamp: string, byMinutes: number): string {
  const iso = stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  return new Date(Date.parse(iso) + byMinutes * 60_000).toISOString().replace(/[-:]|\.\d{3}/g, "");
}

const mismatch = (canonicalRequest: string, stringToSign: string): string =>
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and " +
  "signing method. Consult the service documentation for details.\n\n" +
  `The Canonical String for this request should have been\n'${canonicalRequest}'\n\n` +
  `The String-to-Sign should have been\n'${stringToSign}'\n`;
