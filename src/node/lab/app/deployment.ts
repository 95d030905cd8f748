import { findKind } from "#core/targets/index.ts";
import type { EventForm } from "#core/targets/target.ts";
import type { TargetKind } from "#core/targets/target-kind.ts";
import type { LabTarget } from "../world.ts";

/** A field of the target's config entry: what the client is told is what the lab deploys. Empty when it is no text. */
export function configured(target: LabTarget, field: string): string {
  const value = target.config(0)[field];
  return typeof value === "string" ? value : "";
}

export function kindOf(target: LabTarget): TargetKind {
  const kind = findKind(target.kind);
  if (kind === null) throw new RangeError(`lab target ${target.id}: no target kind ${target.kind}`);
  return kind;
}

/** The event that the front builds for the function behind it: the entry's `echo`, or the kind's usual form. */
export function eventFormOf(target: LabTarget): EventForm {
  const kind = kindOf(target);
  const echo = configured(target, "echo");
  const form = kind.events.find((one) => one === echo) ?? kind.events[0];
  if (form === undefined) throw new RangeError(`lab target ${target.id}: kind ${target.kind} builds no events`);
  return form;
}
