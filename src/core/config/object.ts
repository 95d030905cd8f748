import type { Path } from "./problem.ts";
import { quote } from "./problem.ts";
import { secretAdvice, secretKey } from "./secrets.ts";
import { complaintsOf, isMapping, type JsonSchema, ok, type Read, refuse, type Shape } from "./shape.ts";
import { nearest, oneOf } from "./suggest.ts";

/** One key of a mapping. Nothing at all, in YAML `key:`, is the same as a key left out. */
export interface Field<T> {
  readonly shape: { readonly schema: JsonSchema };
  readonly description: string;
  readonly isRequired: boolean;
  readonly fallback: unknown;
  read(input: unknown, path: Path): Read<T>;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;
export type Values<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

const isAbsent = (input: unknown): input is null | undefined => input === undefined || input === null;

export const required = <T>(shape: Shape<T>, description: string): Field<T> => ({
  shape,
  description,
  isRequired: true,
  fallback: undefined,
  read: (input, path) => shape.read(input, path),
});

/** `shown` is how the fallback reads in a config, for the schema. */
export const withDefault = <T>(shape: Shape<T>, value: T, description: string, shown?: unknown): Field<T> => ({
  shape,
  description,
  isRequired: false,
  fallback: shown,
  read: (input, path) => (isAbsent(input) ? ok(value) : shape.read(input, path)),
});

export const optional = <T>(shape: Shape<T>, description: string): Field<T | null> =>
  withDefault<T | null>({ ...shape }, null, description);

/** Reads the named keys of a mapping; keys beside them are not looked at. */
export function readFields<F extends Fields>(
  fields: F,
  input: Readonly<Record<string, unknown>>,
  path: Path,
): Read<Values<F>> {
  const reads = Object.entries(fields).map(
    ([name, field]) =>
      [name, field.read(Object.hasOwn(input, name) ? input[name] : undefined, [...path, name])] as const,
  );
  const values = Object.fromEntries(reads.map(([name, read]) => [name, read.kind === "ok" ? read.value : undefined]));
  const wrong = complaintsOf(reads.map(([, read]) => read));
  return wrong ?? (isComplete(values, fields) ? ok(values) : refuse(path, "a mapping"));
}

/** Each value was read by the field of the same name, so that the names tell. */
const isComplete = <F extends Fields>(values: Readonly<Record<string, unknown>>, fields: F): values is Values<F> =>
  Object.keys(fields).every((name) => Object.hasOwn(values, name));

/** A complaint for every key that is not among `names`, with the one that was probably meant. */
export function unknownKeys(
  input: Readonly<Record<string, unknown>>,
  names: readonly string[],
  path: Path,
): Read<null> {
  const reads = Object.keys(input)
    .filter((key) => !names.includes(key))
    .map((key) => {
      if (secretKey.test(key)) return refuse([...path, key], secretAdvice, "a value that is not shown");
      const meant = nearest(key, names);
      const expected = meant === null ? `one of the keys ${oneOf(names)}` : `a known key, perhaps "${meant}"`;
      return refuse([...path, key], expected, quote(key));
    });
  return complaintsOf(reads) ?? ok(null);
}

/** A mapping of exactly these keys. */
export const object = <F extends Fields>(fields: F): Shape<Values<F>> => ({
  schema: objectSchema(fields),
  read(input, path) {
    const names = Object.keys(fields);
    if (!isMapping(input)) return refuse(path, `a mapping with the keys ${oneOf(names)}`);
    const read = readFields(fields, input, path);
    return complaintsOf([unknownKeys(input, names, path), read]) ?? read;
  },
});

export function objectSchema(fields: Fields): JsonSchema {
  const properties = Object.entries(fields).map(([name, { shape, description, fallback }]) => [
    name,
    { ...shape.schema, description, ...(fallback === undefined ? {} : { default: fallback }) },
  ]);
  const needed = Object.entries(fields).flatMap(([name, { isRequired }]) => (isRequired ? [name] : []));
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    ...(needed.length === 0 ? {} : { required: needed }),
    additionalProperties: false,
  };
}
