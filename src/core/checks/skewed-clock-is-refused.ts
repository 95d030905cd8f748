import { refusalCheck } from "./judge/refused.ts";

export const skewedClockIsRefused = refusalCheck({
  id: "skewed-clock-is-refused",
  title: "A request signed long ago is refused",
  why: "The time in a signature keeps a captured request from being sent again later.",
  signing: "skewed-clock",
  wrong: "signed with a clock that is far off",
  reasons: ["auth-clock-skew"],
});
