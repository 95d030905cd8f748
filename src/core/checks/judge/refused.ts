import { diagnose } from "#core/causes/diagnose.ts";
import { findCause } from "#core/causes/index.ts";
import type { Exchange, SigningVariant } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { inconclusive, pass, type Verdict } from "#core/verdicts/verdict.ts";
import { noRefusals } from "../ask/applies.ts";
import { askFor } from "../ask/step.ts";
import type { Check, Means } from "../check.ts";
import { failBy } from "./fail-by.ts";
import { phaseMeasures, statusMeasure } from "./measures.ts";
import { said } from "./say.ts";

export interface Refusal {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly signing: SigningVariant;
  /** What is wrong with the request, after `the request`: `signed for another service`. */
  readonly wrong: string;
  /** Codes of the causes by which it should be refused; the first is the very reason, others may hide it. */
  readonly reasons: readonly [string, ...string[]];
  /** Beyond what no check of refusals applies to. */
  notFor?(target: Target, means: Means): string | null;
}

/**
 * A check that a request wrong in exactly one way is refused for that. The same request rightly signed was answered before,
 * so whatever refuses its signature refuses what was changed; a refusal of any other kind proves nothing.
 */
export const refusalCheck = ({ id, title, why, signing, wrong, reasons, notFor }: Refusal): Check => ({
  id,
  group: "auth",
  title,
  why,
  needs: ["signed-is-answered", "unsigned-is-refused"],
  alone: false,
  notFor: (target, means) => noRefusals(target) ?? notFor?.(target, means) ?? null,
  script: () => [askFor(signing, { signing })],
  judge: (exchanges, target) => judgeRefused(exchanges, target, `the request ${wrong}`, reasons),
});

function judgeRefused(
  exchanges: readonly Exchange[],
  target: Target,
  what: string,
  reasons: readonly [string, ...string[]],
): Verdict {
  const [only] = exchanges;
  if (only === undefined) return inconclusive(`${what} was not sent`);
  const diagnoses = diagnose(exchanges, target);
  const summary = `${what} ${said(only)}`;
  const measures = { ...statusMeasure(only), ...phaseMeasures([only], "serviceMs") };
  if (only.outcome.kind !== "answered")
    return inconclusive(`${summary}: it was not refused in words`, diagnoses[0] ?? null);
  const reason = diagnoses.find(({ code }) => reasons.includes(code));
  if (reason !== undefined)
    return pass(`${summary}${asWhat(reason.code, reasons[0])}`, { ...measures, refusedAs: reason.code });
  if (only.outcome.status < 400) return failBy(exchanges, target, { summary, otherwise: "open-to-unsigned", measures });
  // Not a failure: it was kept out. But it might have been kept out for anything.
  const seen = diagnoses[0] === undefined ? "for no reason that is known" : `as ${diagnoses[0].code}`;
  return inconclusive(
    `${summary}, ${seen} and not as ${reasons[0]}: this does not show that ${target.id} looks at it`,
    diagnoses[0] ?? null,
    measures,
  );
}

function asWhat(code: string, expected: string): string {
  const title = findCause(code)?.title;
  if (title === undefined) return "";
  return code === expected ? `: ${title}` : `: ${title}, which hides the reason but comes of it`;
}
