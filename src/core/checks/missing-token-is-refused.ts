import { refusalCheck } from "./judge/refused.ts";

export const missingTokenIsRefused = refusalCheck({
  id: "missing-token-is-refused",
  title: "Temporary credentials without their session token are refused",
  why: "Key and secret of a session must be worth nothing without the token that can expire.",
  signing: "missing-token",
  wrong: "signed without its session token",
  reasons: ["auth-unknown-key", "auth-token-expired", "auth-signature-mismatch"],
  notFor: (_, { credentials }) =>
    credentials === "temporary" ? null : "its credentials are not temporary, so they have no session token",
});
