import type { Counted } from "#core/statistics/histogram.ts";
import { slotOf } from "#core/statistics/histogram-layout.ts";
import { ms } from "#core/units.ts";

/** What a histogram would keep of a few hundred values, without the room for millions: simulations make very many. */
export function counted(values: readonly number[]): Counted {
  const each = Float64Array.from(values, (value) => slotOf(Math.max(0, Math.round(value * 1000)))).sort();
  const slots: [slot: number, count: number][] = [];
  for (const slot of each) {
    const last = slots.at(-1);
    if (last?.[0] === slot) last[1] += 1;
    else slots.push([slot, 1]);
  }
  const or = (value: number) => (values.length === 0 ? null : ms(value));
  return {
    count: values.length,
    mean: () => or(values.reduce((sum, value) => sum + value, 0) / values.length),
    min: () => or(Math.min(...values)),
    max: () => or(Math.max(...values)),
    slots: () => slots,
  };
}
