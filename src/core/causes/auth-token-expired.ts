import type { Cause } from "./cause.ts";
import { sayingSighted, signatureConfidence } from "./recognise/saying.ts";
import { tellings } from "./recognise/telling.ts";

export const authTokenExpired: Cause = {
  code: "auth-token-expired",
  layer: "signing",
  title: "The session of the temporary credentials has ended",
  explanation:
    "The credentials were good and are no longer. It shows at the end of long runs, and in programs that read their credentials once at the start.",
  remedy: () =>
    "Get new credentials (`aws sso login`, a new AssumeRole), or let the default chain refresh them: copies in environment variables never are. For long runs choose a role whose session outlasts the run.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html",
  trust: "code",
  refines: ["auth-signature-mismatch", "auth-unknown-key", "unexpected-status"],
  recognise: (exchanges, target) =>
    sayingSighted(exchanges, target, tellings["auth-token-expired"], signatureConfidence(target)),
};
