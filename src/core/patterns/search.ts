import type { Automaton } from "./automaton.ts";
import type { Place } from "./pattern.ts";
import { has, wordUnits } from "./ranges.ts";
import { makeUnitClasses } from "./unit-classes.ts";

/** What stands on one side of a place: the text's end (or start), or a unit that belongs to a word or not. */
type Side = "nothing" | "word" | "other";

/** All that a search knows after some units: at which nodes it may go on, and what it has just read. */
interface State {
  /** In order. */
  readonly nodes: readonly number[];
  readonly behind: Side;
  /** By class of the next unit; filled in as texts ask for them. */
  readonly next: (State | undefined)[];
  /** Whether a text that ends here has it; null: nobody asked yet. */
  found: boolean | null;
}

/** Where nothing is read any more. */
const ended = (): State => ({ nodes: [], behind: "nothing", next: [], found: null });
const found = ended();
const never = ended();

/** Kept at a time; a text that leads to more makes the search forget those it knew, and never use more memory. */
const statesMax = 500;

/**
 * Searches texts for what an automaton accepts: whether it is anywhere in them. Reads each unit once, with all nodes where it
 * may stand at a time, so that no text takes longer than its length times the automaton's; and remembers what it found out, so
 * that ordinary texts cost a look into a table for each unit.
 *
 * @param beginning what is found begins with it: as long as nothing has begun, only this is looked for
 * @see https://swtch.com/~rsc/regexp/regexp1.html
 */
export function createSearch(automaton: Automaton, beginning: string): (text: string) => boolean {
  const { nodes, start } = automaton;
  const classes = makeUnitClasses(automaton);
  const { table } = classes;
  const sideOf = Array.from({ length: classes.count }, (_, index) => side(classes.member(index)));
  const seen = new Uint32Array(nodes.length);
  let round = 0;
  const sides: readonly Side[] = ["nothing", "word", "other"];
  const mayBeginLater = sides.some((ahead) =>
    (["word", "other"] as const).some((behind) => reach([start], behind, ahead).length > 0),
  );
  let known = new Map<string, State>();

  /** Units and the end that can be got to from these nodes without reading anything. */
  function reach(from: readonly number[], behind: Side, ahead: Side): readonly number[] {
    const reached: number[] = [];
    const open = [...from];
    round++;
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      const node = nodes[index];
      if (node === undefined || seen[index] === round) continue;
      seen[index] = round;
      if (node.kind === "either") open.push(...node.next);
      else if (node.kind !== "assertion") reached.push(index);
      else if (holds(node.at, behind, ahead)) open.push(node.next);
    }
    return reached;
  }

  const reachFrom = ({ nodes: standing, behind }: State, ahead: Side): readonly number[] =>
    reach(behind === "nothing" || mayBeginLater ? [...standing, start] : standing, behind, ahead);

  const isFound = (index: number): boolean => nodes[index]?.kind === "found";

  const fresh = (standing: readonly number[], behind: Side): State => ({
    nodes: standing,
    behind,
    next: new Array(classes.count),
    found: null,
  });
  // Nothing of it has been read.
  const idle: Record<Side, State> = {
    nothing: fresh([], "nothing"),
    word: fresh([], "word"),
    other: fresh([], "other"),
  };

  function stateOf(standing: readonly number[], behind: Side): State {
    if (standing.length === 0) return idle[behind];
    const key = `${behind} ${standing.join(" ")}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= statesMax) known = new Map();
    const state = fresh(standing, behind);
    known.set(key, state);
    return state;
  }

  function step(state: State, unitClass: number): State {
    const ahead = sideOf[unitClass] ?? "other";
    const reached = reachFrom(state, ahead);
    if (reached.some(isFound)) return found;
    const unit = classes.member(unitClass);
    const standing = new Set<number>();
    for (const index of reached) {
      const node = nodes[index];
      if (node?.kind === "unit" && has(node.of, unit)) standing.add(node.next);
    }
    if (standing.size === 0 && !mayBeginLater) return never;
    return stateOf(
      [...standing].sort((a, b) => a - b),
      ahead,
    );
  }

  return (text) => {
    let state = idle.nothing;
    for (let index = 0; index < text.length; index++) {
      if (beginning !== "" && state.nodes.length === 0) {
        const begins = text.indexOf(beginning, index);
        if (begins < 0) return false;
        if (begins > index) state = idle[side(text.charCodeAt(begins - 1))];
        index = begins;
      }
      const unit = text.charCodeAt(index);
      const unitClass = table[unit] ?? classes.of(unit);
      let next = state.next[unitClass];
      if (next === undefined) {
        next = step(state, unitClass);
        state.next[unitClass] = next;
      }
      if (next === found || next === never) return next === found;
      state = next;
    }
    state.found ??= reachFrom(state, "nothing").some(isFound);
    return state.found;
  };
}

const side = (unit: number): Side => (has(wordUnits, unit) ? "word" : "other");

function holds(at: Place, behind: Side, ahead: Side): boolean {
  switch (at) {
    case "start":
      return behind === "nothing";
    case "end":
      return ahead === "nothing";
    case "word-boundary":
      return (behind === "word") !== (ahead === "word");
    case "inside":
      return (behind === "word") === (ahead === "word");
  }
}
