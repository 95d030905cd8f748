import { refusalCheck } from "./judge/refused.ts";

export const wrongRegionIsRefused = refusalCheck({
  id: "wrong-region-is-refused",
  title: "A request signed for another Region is refused",
  why: "A signature is good in one Region only; one that is accepted elsewhere was not verified.",
  signing: "wrong-region",
  wrong: "signed for another Region",
  reasons: ["auth-wrong-region", "auth-signature-mismatch"],
});
