import type { Trust } from "#core/facts.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import type { Cause, Confidence, Diagnosis, Sighting } from "./cause.ts";
import { causes } from "./index.ts";

interface Suspect {
  readonly cause: Cause;
  readonly sighting: Sighting;
}

const strength: Record<Confidence, number> = { certain: 3, likely: 2, possible: 1 };
const trustMost: Record<Trust, Confidence> = { doc: "certain", ran: "certain", code: "certain", recalled: "likely" };

const capped = ({ cause, sighting }: Suspect): Confidence => {
  const most = trustMost[cause.trust];
  return strength[sighting.confidence] > strength[most] ? most : sighting.confidence;
};

/** Whether `a` is a more special case of `b`, over any number of steps. */
function refines(a: Cause, b: Cause, catalogue: readonly Cause[]): boolean {
  return a.refines.some((code) => {
    if (code === b.code) return true;
    const between = catalogue.find((cause) => cause.code === code);
    return between !== undefined && refines(between, b, catalogue);
  });
}

/**
 * The causes that the exchanges of one check on one target show, best first: a special cause before the general one it
 * refines, then the surer one, then by code so that a report never changes by chance.
 */
export function diagnose(
  exchanges: readonly Exchange[],
  target: Target,
  catalogue: readonly Cause[] = causes,
): readonly Diagnosis[] {
  const suspects = catalogue.flatMap((cause): Suspect[] => {
    const sighting = cause.recognise(exchanges, target);
    return sighting === null ? [] : [{ cause, sighting }];
  });
  const generality = (suspect: Suspect): number =>
    suspects.filter((other) => refines(other.cause, suspect.cause, catalogue)).length;
  const ranked = [...suspects].sort(
    (a, b) =>
      generality(a) - generality(b) ||
      strength[capped(b)] - strength[capped(a)] ||
      (a.cause.code < b.cause.code ? -1 : 1),
  );
  return ranked.map((suspect) => ({
    code: suspect.cause.code,
    title: suspect.cause.title,
    confidence: capped(suspect),
    evidence: suspect.sighting.evidence,
    remedy: suspect.cause.remedy(target),
    alternatives: ranked.filter((other) => other !== suspect).map((other) => other.cause.code),
    source: suspect.cause.source,
  }));
}
