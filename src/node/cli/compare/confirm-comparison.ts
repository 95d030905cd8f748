import type { CompareDesign } from "#core/plan/compare-design.ts";
import type { ComparePlan } from "#core/plan/compare-plan.ts";
import { showMs } from "#core/units.ts";
import type { Call } from "../command.ts";
import { askFrom, confirm } from "../load/confirm.ts";

/** Asks a person before much is sent. @throws CliError when the answer is no */
export async function confirmComparison(
  call: Call,
  { load, blocks }: ComparePlan,
  design: CompareDesign,
): Promise<void> {
  const requests = Math.round((blocks.length * design.blockMs * design.rate) / 1000);
  if (design.rate <= askFrom.perSecond && requests <= askFrom.requests) return;
  const where = [...new Set(blocks.map(({ target }) => target))].join(", ");
  await confirm(
    call,
    `This sends ${design.rate} requests/s to ${where} in turn for ${showMs(load.durationMs)}, ${requests} requests in all.`,
  );
}
