import { refusalCheck } from "./judge/refused.ts";

export const unknownKeyIsRefused = refusalCheck({
  id: "unknown-key-is-refused",
  title: "A request signed with an unknown key is refused",
  why: "Anyone can make up a key; only one that AWS knows may open anything.",
  signing: "unknown-key",
  wrong: "signed with a made-up key",
  reasons: ["auth-unknown-key", "auth-signature-mismatch"],
});
