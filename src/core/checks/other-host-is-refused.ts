import { refusalCheck } from "./judge/refused.ts";

export const otherHostIsRefused = refusalCheck({
  id: "other-host-is-refused",
  title: "A request signed for another host is refused",
  why: "The host in a signature keeps a request to one service from being sent to another; a front that does not compare it takes what was captured elsewhere.",
  signing: "other-host",
  wrong: "signed for another host",
  reasons: ["auth-host-mismatch", "auth-signature-mismatch"],
});
