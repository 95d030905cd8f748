import { refusalCheck } from "./judge/refused.ts";

export const signedPayloadIsRefused = refusalCheck({
  id: "signed-payload-is-refused",
  title: "A signed payload is refused where none is supported",
  why: "VPC Lattice takes UNSIGNED-PAYLOAD only; clients that hash the body, as most do by default, must learn of it here and not in production.",
  signing: "signed-payload",
  wrong: "with a signed payload",
  reasons: ["auth-payload-signed", "auth-signature-mismatch"],
  notFor: ({ signing }) => (signing?.payload === "unsigned" ? null : "it takes signed payloads"),
});
