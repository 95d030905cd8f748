import type { Pattern, Place } from "./pattern.ts";
import type { Ranges } from "./ranges.ts";

/** A place in the pattern, from where the text goes on. `next` are indices of the automaton's nodes. */
export type Node =
  | { readonly kind: "unit"; readonly of: Ranges; readonly next: number }
  | { readonly kind: "either"; readonly next: readonly number[] }
  | { readonly kind: "assertion"; readonly at: Place; readonly next: number }
  | { readonly kind: "found" };

export interface Automaton {
  readonly nodes: readonly Node[];
  readonly start: number;
}

/** Each unit of a text may have to look at every node. */
export const nodesMax = 1000;

/**
 * The automaton that accepts what the pattern stands for; what is repeated so and so often stands in it as often.
 *
 * @returns null when it would have more than `nodesMax` nodes
 * @see Thompson, "Regular Expression Search Algorithm", CACM 11(6), 1968
 */
export function makeAutomaton(pattern: Pattern): Automaton | null {
  const nodes: Node[] = [{ kind: "found" }];
  const add = (node: Node): number => {
    if (nodes.length === nodesMax) throw new TooLarge();
    return nodes.push(node) - 1;
  };

  const build = (part: Pattern, next: number): number => {
    switch (part.kind) {
      case "unit":
        return add({ kind: "unit", of: part.of, next });
      case "assertion":
        return add({ kind: "assertion", at: part.at, next });
      case "sequence":
        return part.of.reduceRight((behind, one) => build(one, behind), next);
      case "choice": {
        const [only, ...more] = part.of;
        if (only !== undefined && more.length === 0) return build(only, next);
        return add({ kind: "either", next: part.of.map((one) => build(one, next)) });
      }
      case "repeat":
        return repeat(part.what, part.min, part.max, next);
    }
  };

  const repeat = (what: Pattern, min: number, max: number, next: number): number => {
    let entry = max === Number.POSITIVE_INFINITY ? loop(what, next) : next;
    // From the last on: each that may be there leads to the next, or past all of them.
    if (max !== Number.POSITIVE_INFINITY)
      for (let count = min; count < max; count++) entry = add({ kind: "either", next: [build(what, entry), next] });
    for (let count = 0; count < min; count++) {
      // What is empty adds no node, and could be repeated without an end.
      entry = add({ kind: "either", next: [build(what, entry)] });
    }
    return entry;
  };

  const loop = (what: Pattern, next: number): number => {
    const again: number[] = [next];
    const entry = add({ kind: "either", next: again });
    again.push(build(what, entry));
    return entry;
  };

  try {
    return { start: build(pattern, 0), nodes };
  } catch (error) {
    if (error instanceof TooLarge) return null;
    throw error;
  }
}

class TooLarge extends Error {}
