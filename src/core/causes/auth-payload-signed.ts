import type { Cause } from "./cause.ts";
import { sayingSighted } from "./recognise/saying.ts";
import { tellings } from "./recognise/telling.ts";

export const authPayloadSigned: Cause = {
  code: "auth-payload-signed",
  layer: "signing",
  title: "The payload was signed, and Lattice refuses that",
  explanation:
    "VPC Lattice does not read bodies to verify them: the header x-amz-content-sha256 must say UNSIGNED-PAYLOAD, and the canonical request must use those words instead of a hash. Signers hash the body unless told otherwise, some of them always over plain http.",
  remedy: () =>
    "Send the header `x-amz-content-sha256: UNSIGNED-PAYLOAD`, sign it, and use the same words as the payload hash of the canonical request (in @aws-sdk/signature-v4 set the header before signing; aws-sigv4-proxy takes --unsigned-payload). If it leaves here so, look for a proxy that computes the header anew.",
  source: "https://docs.aws.amazon.com/vpc-lattice/latest/ug/sigv4-authenticated-requests.html",
  trust: "doc",
  refines: ["auth-signature-mismatch", "unexpected-status"],
  recognise: (exchanges, target) => sayingSighted(exchanges, target, tellings["auth-payload-signed"]),
};
