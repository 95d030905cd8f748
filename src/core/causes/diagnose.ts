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

/** The codes that a cause refines, over any number of steps; a circle ends where it began. */
export function refinedBy(cause: Cause, catalogue: readonly Cause[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...cause.refines];
  for (let code = waiting.pop(); code !== undefined; code = waiting.pop()) {
    if (reached.has(code)) continue;
    reached.add(code);
    waiting.push(...(catalogue.find((one) => one.code === code)?.refines ?? []));
  }
  return reached;
}

/**
 * The causes that the exchanges of one check on one target show, best first: a special cause before the general one it
 * refines (unless it is only possible), then the surer one, then by code so that a report never changes by chance.
 */
export function diagnose(
  exchanges: readonly Exchange[],
  target: Target,
  catalogue: readonly Cause[] = causes,
): readonly Diagnosis[] {
  const ranked = rank(suspectsAmong(catalogue, exchanges, target), catalogue);
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

const suspectsAmong = (catalogue: readonly Cause[], exchanges: readonly Exchange[], target: Target) =>
  catalogue.flatMap((cause): Suspect[] => {
    const sighting = cause.recognise(exchanges, target);
    return sighting === null ? [] : [{ cause, sighting }];
  });

function rank(suspects: readonly Suspect[], catalogue: readonly Cause[]): readonly Suspect[] {
  const special = suspects
    .filter((suspect) => capped(suspect) !== "possible")
    .map(({ cause }) => ({ cause, refined: refinedBy(cause, catalogue) }));
  const generality = ({ cause }: Suspect): number =>
    special.filter((other) => other.cause !== cause && other.refined.has(cause.code)).length;
  return [...suspects].sort(
    (a, b) =>
      generality(a) - generality(b) ||
      strength[capped(b)] - strength[capped(a)] ||
      (a.cause.code < b.cause.code ? -1 : 1),
  );
}
