import { askFor } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { judgeThrough } from "./judge/through.ts";

export const openIsAnswered: Check = {
  id: "open-is-answered",
  group: "answer",
  title: "A plain request gets through",
  why: "Where no signature is asked for, a request without one must reach whatever stands behind. What the answer says is asked apart.",
  needs: ["every-address-connects", "certificate-is-valid"],
  alone: false,
  notFor: ({ auth }) => (auth === "none" ? null : "it is asked with a signature (`auth: iam`)"),
  script: () => [askFor("plain", { signing: "unsigned" })],
  judge: (exchanges, target) => judgeThrough(exchanges, target, "the plain request"),
};
