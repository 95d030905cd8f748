import type { Cause } from "./cause.ts";
import { sayingSighted, signatureConfidence } from "./recognise/saying.ts";
import { tellings } from "./recognise/telling.ts";

export const authWrongRegion: Cause = {
  code: "auth-wrong-region",
  layer: "signing",
  title: "The request is signed for another Region",
  explanation:
    "The credential scope names a Region that this endpoint is not in. Usually the client's default Region was taken where the endpoint's should have been, which goes unnoticed until a custom domain or a cross-Region path hides the Region from the signer.",
  remedy: ({ origin }) =>
    `Set \`region\` of this target (or of the config) to the Region of ${origin.host}, and check AWS_REGION and the profile of other clients: the scope must name the endpoint's Region, not the caller's.`,
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  trust: "doc",
  refines: ["auth-signature-mismatch", "unexpected-status"],
  recognise: (exchanges, target) =>
    sayingSighted(exchanges, target, tellings["auth-wrong-region"], signatureConfidence(target)),
};
