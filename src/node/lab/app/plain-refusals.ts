import type { Refusal } from "#core/targets/dialects/dialect.ts";
import type { LabRequest } from "../wire.ts";
import type { LabTarget, Surroundings } from "../world.ts";
import { exceeds } from "./limits.ts";

// What load balancers and plain servers refuse alike: neither knows of AWS's errors, so both speak plain HTTP's.

export function tooLarge(request: LabRequest, target: LabTarget, world: Surroundings): Refusal | null {
  if (exceeds(target, world, "requestHeaders", request) !== null) return { kind: "headers-too-large" };
  const limit = exceeds(target, world, "requestBody", request);
  return limit === null ? null : { kind: "payload-too-large", limitBytes: limit.bytes };
}

export function broken({ effects }: Surroundings): Refusal | null {
  switch (effects.service) {
    case "no-targets":
    case "target-unreachable":
    case "throttled":
      return { kind: effects.service };
    case "target-slow":
      return { kind: "target-timeout" };
    default:
      return null;
  }
}
