import type { Automaton } from "./automaton.ts";
import { type Ranges, unitMax, wordUnits } from "./ranges.ts";

/** Code units in classes: no node of the automaton tells two units of one class apart. */
export interface UnitClasses {
  readonly count: number;
  /** Of the units below its length. */
  readonly table: Uint16Array;
  of(unit: number): number;
  /** Any unit of a class. */
  member(index: number): number;
}

const tableSize = 256;

export function makeUnitClasses({ nodes }: Automaton): UnitClasses {
  const told: readonly Ranges[] = [wordUnits, ...nodes.flatMap((node) => (node.kind === "unit" ? [node.of] : []))];
  const bounds = new Set([0, ...told.flat().flatMap(([first, last]) => [first, last + 1])]);
  bounds.delete(unitMax + 1);
  const firsts = [...bounds].sort((a, b) => a - b);

  const search = (unit: number): number => {
    let low = 0;
    let high = firsts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((firsts[middle] ?? 0) <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const table = Uint16Array.from({ length: tableSize }, (_, unit) => search(unit));
  return {
    count: firsts.length,
    table,
    of: (unit) => table[unit] ?? search(unit),
    member: (index) => firsts[index] ?? 0,
  };
}
