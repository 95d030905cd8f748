import type { Path } from "./problem.ts";

/** What a part of the config may be: reads it, and says the same as JSON Schema (draft 2020-12). */
export interface Shape<T> {
  readonly schema: JsonSchema;
  read(input: unknown, path: Path): Read<T>;
}

export type JsonSchema = Readonly<Record<string, unknown>>;

export type Read<T> = { readonly kind: "ok"; readonly value: T } | Refused;

export interface Refused {
  readonly kind: "problems";
  readonly complaints: readonly Complaint[];
}

/** A problem before it is known how much of what stands there may be shown. */
export interface Complaint {
  readonly path: Path;
  readonly expected: string;
  /** Null: whatever stands in the config at that path. */
  readonly got: string | null;
}

export const ok = <T>(value: T): Read<T> => ({ kind: "ok", value });

export const refuse = (path: Path, expected: string, got: string | null = null): Refused => ({
  kind: "problems",
  complaints: [{ path, expected, got }],
});

/** A shape whose value is read further. */
export const refine = <T, U>(shape: Shape<T>, further: (value: T, path: Path) => Read<U>): Shape<U> => ({
  schema: shape.schema,
  read(input, path) {
    const read = shape.read(input, path);
    return read.kind === "ok" ? further(read.value, path) : read;
  },
});

/** All complaints of several readings, or null when there are none. */
export function complaintsOf(reads: readonly Read<unknown>[]): Refused | null {
  const complaints = reads.flatMap((read) => (read.kind === "problems" ? read.complaints : []));
  return complaints.length === 0 ? null : { kind: "problems", complaints };
}

/** The values of readings that all succeeded. */
export const valuesOf = <T>(reads: readonly Read<T>[]): readonly T[] =>
  reads.flatMap((read) => (read.kind === "ok" ? [read.value] : []));

export const isMapping = (input: unknown): input is Readonly<Record<string, unknown>> =>
  typeof input === "object" && input !== null && !Array.isArray(input);
