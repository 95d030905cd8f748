import type { Said } from "./said.ts";

/** How an answer is told: by its error type, or by words in its message. */
export interface Telling {
  readonly types?: readonly string[];
  readonly text?: RegExp;
}

export const tells = ({ types = [], text }: Telling, { errorType, message }: Said): boolean =>
  types.includes(errorType ?? "") || text?.test(message) === true;

/**
 * How fronts complain of signatures and routes, by code. Apart from the causes themselves, whose evidence and remedies would come along
 * into what k6 runs.
 */
export const tellings = {
  "auth-missing": {
    types: [
      "MissingAuthenticationTokenException",
      "MissingAuthenticationToken",
      "IncompleteSignatureException",
      "IncompleteSignature",
    ],
    text: /^(?:Request is )?Missing Authentication Token$|^Authorization header requires /i,
  },
  "auth-unknown-key": {
    types: ["UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId"],
    text: /security token included in the request is invalid/i,
  },
  "auth-signature-mismatch": {
    types: ["InvalidSignatureException", "SignatureDoesNotMatch"],
    text: /request signature we calculated does not match/i,
  },
  "auth-clock-skew": {
    types: ["RequestTimeTooSkewed", "RequestExpired"],
    text: /Signature expired:|Signature not yet current:|Date in Credential scope does not match/i,
  },
  "auth-token-expired": {
    types: ["ExpiredTokenException", "ExpiredToken"],
    text: /security token included in the request is expired/i,
  },
  "auth-wrong-service": {
    text: /Credential should be scoped to (?:the )?correct service|should be scoped to[^.]{0,80}correct service/i,
  },
  "auth-wrong-region": { text: /Credential should be scoped to a valid region/i },
  "auth-payload-signed": { text: /Signed payloads are not supported/i },
  "apigw-forbidden": { types: ["ForbiddenException"], text: /^\s*Forbidden\s*$/i },
  "apigw-unknown-route": {
    types: ["MissingAuthenticationTokenException"],
    text: /^Missing Authentication Token$/,
  },
} as const satisfies Readonly<Record<string, Telling>>;

/** What is wrong with a signature comes before that there is something wrong, as in the causes themselves. */
export const signatureCodes = [
  "auth-token-expired",
  "auth-unknown-key",
  "auth-clock-skew",
  "auth-wrong-region",
  "auth-wrong-service",
  "auth-payload-signed",
  "auth-missing",
  "auth-signature-mismatch",
] as const satisfies readonly (keyof typeof tellings)[];

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html */
export const complaintOfSignature = (said: Said): (typeof signatureCodes)[number] | null =>
  signatureCodes.find((code) => tells(tellings[code], said)) ?? null;
