import { targetKinds } from "#core/targets/index.ts";
import type { Cause } from "./cause.ts";
import { causes } from "./index.ts";
import { exampleTarget } from "./words/example-target.ts";
import { trustInWords } from "./words/trust.ts";

/** A remedy and the kinds of target it is worded for. */
export interface RemedyByKind {
  readonly kinds: readonly string[];
  readonly remedy: string;
}

/** What to do, once for each wording; `kinds` is every kind where there is one wording for all. */
export function remediesOf(cause: Cause): readonly RemedyByKind[] {
  const worded = targetKinds.map((kind) => ({ kind: kind.kind, remedy: cause.remedy(exampleTarget(kind)) }));
  return [...new Set(worded.map(({ remedy }) => remedy))].map((remedy) => ({
    remedy,
    kinds: worded.filter((one) => one.remedy === remedy).map(({ kind }) => kind),
  }));
}

/** Codes next to a cause: those it is named before when both fit (it refines them), and those named before it. */
export const relatedTo = ({ code, refines }: Cause) => ({
  moreGeneral: refines,
  moreSpecial: causes.filter((other) => other.refines.includes(code)).map((other) => other.code),
});

/** Everything the catalogue says of a cause, as plain text for a terminal; lines are not wrapped. */
export function explainCause(cause: Cause): string {
  const { moreGeneral, moreSpecial } = relatedTo(cause);
  const remedies = remediesOf(cause);
  return [
    `${cause.code}: ${cause.title}`,
    `Layer: ${cause.layer}`,
    "",
    cause.explanation,
    "",
    "What to do",
    ...(remedies.length === 1
      ? remedies.map(({ remedy }) => `  ${remedy}`)
      : remedies.map(({ kinds, remedy }) => `  ${kinds.join(", ")}: ${remedy}`)),
    "",
    `Source: ${cause.source}`,
    `Trust: ${trustInWords[cause.trust]}`,
    ...(moreGeneral.length === 0 ? [] : [`Named before: ${moreGeneral.join(", ")}`]),
    ...(moreSpecial.length === 0 ? [] : [`Named after: ${moreSpecial.join(", ")}`]),
    "",
  ].join("\n");
}
