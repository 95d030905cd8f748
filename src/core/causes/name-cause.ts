import type { Target } from "#core/targets/target.ts";
import type { Diagnosis, Sighting } from "./cause.ts";
import { findCause } from "./index.ts";

/**
 * A diagnosis that its judge made: for what only a check's script or a load's counters can show.
 *
 * @throws RangeError when the catalogue has no such code: a programming mistake
 */
export function nameCause(
  code: string,
  { confidence, evidence }: Sighting,
  target: Target,
  alternatives: readonly string[] = [],
): Diagnosis {
  const cause = findCause(code);
  if (cause === null) throw new RangeError(`no cause ${code}`);
  return {
    code,
    title: cause.title,
    confidence,
    evidence,
    remedy: cause.remedy(target),
    alternatives,
    source: cause.source,
  };
}
