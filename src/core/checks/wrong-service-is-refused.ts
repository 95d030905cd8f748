import { refusalCheck } from "./judge/refused.ts";

export const wrongServiceIsRefused = refusalCheck({
  id: "wrong-service-is-refused",
  title: "A request signed for another service is refused",
  why: "A front that takes a signature made for any service does not verify what it was made for.",
  signing: "wrong-service",
  wrong: "signed for another service",
  reasons: ["auth-wrong-service", "auth-signature-mismatch"],
});
