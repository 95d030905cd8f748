import { type Path, quote } from "./problem.ts";
import { complaintsOf, isMapping, ok, type Read, refuse, type Shape, valuesOf } from "./shape.ts";

/** A list of at least one. */
export const list = <T>(item: Shape<T>, items: string): Shape<readonly T[]> => ({
  schema: { type: "array", items: item.schema, minItems: 1 },
  read(input, path) {
    if (!Array.isArray(input) || input.length === 0) return refuse(path, `a list of ${items}, at least one`);
    const reads = input.map((one: unknown, index) => item.read(one, [...path, index]));
    return complaintsOf(reads) ?? ok(valuesOf(reads));
  },
});

/** A list of at least one, where one alone needs no brackets. */
export const oneOrMore = <T>(item: Shape<T>, items: string): Shape<readonly T[]> => {
  const several = list(item, items);
  return {
    schema: { anyOf: [item.schema, several.schema] },
    read(input, path) {
      if (Array.isArray(input)) return several.read(input, path);
      const read = item.read(input, path);
      return read.kind === "ok" ? ok([read.value]) : read;
    },
  };
};

export interface Names {
  readonly pattern: RegExp;
  /** Continues `expected …`: what a name may be. */
  readonly expected: string;
  /** Continues `expected …` of a name that differs only in case from one before it. Absent: both may stand. */
  readonly again?: (first: string) => string;
}

/** A mapping whose keys are names of the user's own choice; in the order written. */
export interface RecordShape<T> extends Shape<readonly Named<T>[]> {
  /** Entry by entry, so that one that cannot be read does not hide what is wrong with another. */
  readEach(input: unknown, path: Path): readonly Read<Named<T>>[];
}

/** `nothing` continues `expected …` where the mapping is missing or empty; null: it may be empty. */
export function record<T>(names: Names, item: Shape<T>, nothing: string | null): RecordShape<T> {
  const readEach = (input: unknown, path: Path): readonly Read<Named<T>>[] => {
    if (!isMapping(input)) return [refuse(path, nothing ?? "a mapping")];
    const entries = Object.entries(input);
    if (entries.length === 0 && nothing !== null) return [refuse(path, nothing)];
    const firsts = new Map<string, string>();
    return entries.map(([name, value]) => {
      if (!names.pattern.test(name)) return refuse([...path, name], names.expected, quote(name));
      const first = firsts.get(name.toLowerCase());
      if (names.again !== undefined && first !== undefined)
        return refuse([...path, name], names.again(first), quote(name));
      firsts.set(name.toLowerCase(), name);
      const read = item.read(value, [...path, name]);
      return read.kind === "ok" ? ok({ name, value: read.value }) : read;
    });
  };
  return {
    schema: {
      type: "object",
      propertyNames: { pattern: names.pattern.source },
      additionalProperties: item.schema,
      ...(nothing === null ? {} : { minProperties: 1 }),
    },
    readEach,
    read(input, path) {
      const reads = readEach(input, path);
      return complaintsOf(reads) ?? ok(valuesOf(reads));
    },
  };
}

export interface Named<T> {
  readonly name: string;
  readonly value: T;
}

/** Starts with a letter or digit, so that it is safe as a file name, an argument and a key. */
const idPattern = /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
export const ids = (what: string): Names => ({
  pattern: idPattern,
  expected: `a ${what} name of letters, digits, ".", "_" and "-", 64 at most, the first a letter or digit, and without ".."`,
  // People, tables and file systems that fold case would confuse them.
  again: (first) => `a name that differs from ${quote(first)} in more than its case`,
});
