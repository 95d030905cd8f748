import { refusalCheck } from "./judge/refused.ts";

export const otherBodyIsRefused = refusalCheck({
  id: "other-body-is-refused",
  title: "A request whose body is not the signed one is refused",
  why: "Where payloads are signed, nobody on the way can change an order without being noticed; a front that leaves the body unread gives that away.",
  signing: "other-body",
  wrong: "with another body than was signed",
  reasons: ["auth-signature-mismatch", "auth-host-mismatch"],
  notFor: ({ signing }) => (signing?.payload === "signed" ? null : "its payloads are not signed, so any body fits"),
});
