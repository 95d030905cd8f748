import { diagnose } from "#core/causes/diagnose.ts";
import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import { noRefusals } from "./ask/applies.ts";
import { askFor } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { failBy, failWith } from "./judge/fail-by.ts";
import { phaseMeasures, statusMeasure } from "./judge/measures.ts";
import { said } from "./judge/say.ts";

const what = "the unsigned request";
const refusals: readonly number[] = [401, 403];

export const unsignedIsRefused: Check = {
  id: "unsigned-is-refused",
  group: "auth",
  title: "An unsigned request is refused",
  why: "A path that answers strangers has no authorization in force, however well signed requests work.",
  // Not signed-is-answered: a door that stands open must be found even by those who have no key.
  needs: ["every-address-connects", "certificate-is-valid"],
  alone: false,
  notFor: noRefusals,
  script: () => [askFor("unsigned", { signing: "unsigned" })],
  judge(exchanges, target) {
    const [only] = exchanges;
    if (only === undefined) return inconclusive(`${what} was not sent`);
    const summary = `${what} ${said(only)}`;
    const served = only.outcome.kind === "answered" && only.outcome.status < 400;
    const refusedAs = served
      ? undefined
      : diagnose(exchanges, target).find(({ confidence }) => confidence !== "possible")?.code;
    const measures = {
      ...{ ...statusMeasure(only), ...phaseMeasures([only], "serviceMs") },
      ...(refusedAs === undefined ? {} : { refusedAs }),
    };
    if (only.outcome.kind !== "answered") return inconclusive(`${summary}, so it was neither refused nor served`);
    if (refusals.includes(only.outcome.status)) return pass(`${summary}, a refusal`, measures);
    const open = diagnose(exchanges, target).find(({ code }) => code === "open-to-unsigned");
    if (open !== undefined) return failWith(open, { summary, measures });
    if (only.outcome.status < 400)
      return failBy(exchanges, target, { summary, otherwise: "open-to-unsigned", measures });
    // An incomplete signature is answered 400 by some; anything else may come from before or behind the authorization.
    return only.outcome.status === 400 && diagnose(exchanges, target).some(({ code }) => code === "auth-missing")
      ? pass(`${summary}, a refusal`, measures)
      : inconclusive(`${summary}, which neither refuses nor serves it`, null, measures);
  },
};
