import type { Schedule } from "#core/scenarios/schedule.ts";

/**
 * When the iterations of one virtual user were due.
 *
 * k6 numbers the iterations that it starts, not those that it drops, so after a drop every number stands for an earlier
 * moment than it should. It never queues, though: an iteration starts when it is due or never. What three iterations in
 * a row are late by in whole steps of the schedule is therefore taken for dropped; what fewer are, for a late generator.
 */
export function createDueTimes(schedule: Schedule): (number: number, elapsedMs: number) => number {
  let last = 0;
  let beforeLast = 0;
  return (number, elapsedMs) => {
    const behind = Math.max(0, schedule.dueBy(elapsedMs) - number);
    const dropped = Math.min(behind, last, beforeLast);
    beforeLast = last;
    last = behind;
    return Math.min(schedule.dueAtMs(number + dropped), elapsedMs);
  };
}
