import { refusalCheck } from "./judge/refused.ts";

export const tamperedSignatureIsRefused = refusalCheck({
  id: "tampered-signature-is-refused",
  title: "A request whose signature does not fit it is refused",
  why: "It shows that the signature itself is computed and compared, not merely looked for.",
  signing: "tampered",
  wrong: "with a tampered signature",
  reasons: ["auth-signature-mismatch", "auth-host-mismatch"],
});
