import { askFor } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { judgeThrough } from "./judge/through.ts";

export const signedIsAnswered: Check = {
  id: "signed-is-answered",
  group: "answer",
  title: "A signed request gets through",
  why: "Signature, every policy on the way and whatever stands behind must all say yes. What the answer says is asked apart.",
  needs: ["every-address-connects", "certificate-is-valid"],
  alone: false,
  notFor: ({ auth }) => (auth === "iam" ? null : "it is asked without a signature (`auth: none`)"),
  script: () => [askFor("signed")],
  judge: (exchanges, target) => judgeThrough(exchanges, target, "the signed request"),
};
