import { refusalCheck } from "./judge/refused.ts";

export const earlyClockIsRefused = refusalCheck({
  id: "early-clock-is-refused",
  title: "A request signed for a time to come is refused",
  why: "Signatures made ahead would be keys for later: whoever once held the credentials could use them after they ended.",
  signing: "early-clock",
  wrong: "signed with a clock that is far ahead",
  reasons: ["auth-clock-skew"],
});
