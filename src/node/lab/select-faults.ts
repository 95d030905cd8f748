import { didYouMean, nearest } from "#core/config/suggest.ts";
import type { Effects, Fault } from "./fault.ts";
import type { LabTarget } from "./world.ts";

export interface FaultRequest {
  readonly name: string;
  /** A target's id; null: every target that it fits. */
  readonly target: string | null;
}

export type FaultSelection =
  | { readonly kind: "selected"; effectsOf(target: LabTarget): Effects }
  /** A sentence that says what there is instead. */
  | { readonly kind: "refused"; readonly message: string };

/** Which targets are to suffer what; the later of two faults wins where both turn the same switch. */
export function selectFaults(
  requests: readonly FaultRequest[],
  targets: readonly LabTarget[],
  faults: readonly Fault[],
): FaultSelection {
  const chosen: { readonly fault: Fault; readonly hit: readonly LabTarget[] }[] = [];
  for (const { name, target: id } of requests) {
    const fault = faults.find((one) => one.name === name);
    if (fault === undefined) return refused(unknown(name, faults));
    if (id !== null && !targets.some((one) => one.id === id)) return refused(noTarget(id, targets));
    const fitting = targets.filter((target) => fits(fault, target));
    const hit = id === null ? fitting : fitting.filter((target) => target.id === id);
    if (hit.length === 0) return refused(doesNotFit(fault, id, fitting));
    chosen.push({ fault, hit });
  }
  return {
    kind: "selected",
    effectsOf(target) {
      let effects: Effects = {};
      for (const { fault, hit } of chosen) if (hit.includes(target)) effects = { ...effects, ...fault.effects };
      return effects;
    },
  };
}

/** Whether a target can have a fault: by its kind and auth, by whether it speaks TLS, and by how many zones it has. */
export function fits({ kinds, auth, effects }: Fault, target: LabTarget): boolean {
  const ofOneZone =
    effects.dns === "one-zone" || effects.tcp === "one-zone-refuses" || effects.tcp === "one-zone-drops";
  const scheme = effects.tls === "tls-on-plain-port" ? "http" : "https";
  return (
    kinds.includes(target.kind) &&
    (auth === null || auth === target.auth) &&
    (effects.tls === undefined || target.scheme === scheme) &&
    (!ofOneZone || target.addresses.length > 1)
  );
}

function unknown(name: string, faults: readonly Fault[]): string {
  const names = faults.map((fault) => fault.name);
  const near = nearest(name, names);
  return near === null
    ? `there is no fault "${name}"; there are ${list(names)}`
    : `there is no fault "${name}"; did you mean "${near}"? (pathproof lab --list-faults shows them all)`;
}

function noTarget(id: string, targets: readonly LabTarget[]): string {
  const ids = targets.map((one) => one.id);
  return `the lab has no target "${id}"${didYouMean(id, ids)} It has: ${list(ids)}`;
}

const refused = (message: string): FaultSelection => ({ kind: "refused", message });

function doesNotFit({ name }: Fault, id: string | null, fitting: readonly LabTarget[]): string {
  const where = fitting.length === 0 ? "no target of the lab" : list(fitting.map((one) => one.id));
  return `fault ${name} does not fit ${id === null ? "any target" : `target ${id}`}; it fits ${where}`;
}

const list = (names: readonly string[]): string => names.join(", ");
