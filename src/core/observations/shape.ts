/** Says what is wrong with a value in a clause (`phases.waitMs: expected a number or null, got "1"`), or null when nothing is. */
export type Shape = (value: unknown, at: string) => string | null;

const wrong = (at: string, expected: string, value: unknown): string =>
  `${at === "" ? "the line" : at}: expected ${expected}, got ${show(value)}`;

const show = (value: unknown): string =>
  value === undefined ? "nothing" : Array.isArray(value) ? "a list" : shorten(JSON.stringify(value) ?? String(value));

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

export const text: Shape = (value, at) => (typeof value === "string" ? null : wrong(at, "a text", value));

export const truth: Shape = (value, at) => (typeof value === "boolean" ? null : wrong(at, "true or false", value));

/** Counts and milliseconds: never negative, never infinite. */
export const amount: Shape = (value, at) =>
  typeof value === "number" && Number.isFinite(value) && value >= 0
    ? null
    : wrong(at, "a number that is not negative", value);

export const oneOf =
  (...words: readonly string[]): Shape =>
  (value, at) =>
    typeof value === "string" && words.includes(value) ? null : wrong(at, `one of ${words.join(", ")}`, value);

export const orNull =
  (shape: Shape): Shape =>
  (value, at) =>
    value === null ? null : shape(value, at);

export const optional =
  (shape: Shape): Shape =>
  (value, at) =>
    value === undefined ? null : shape(value, at);

export const listOf =
  (shape: Shape): Shape =>
  (value, at) => {
    if (!Array.isArray(value)) return wrong(at, "a list", value);
    return first(value.map((item: unknown, index) => () => shape(item, `${at}[${index}]`)));
  };

/** A list of exactly these. */
export const tuple =
  (...shapes: readonly Shape[]): Shape =>
  (value, at) => {
    if (!Array.isArray(value) || value.length !== shapes.length) return wrong(at, `a list of ${shapes.length}`, value);
    return first(shapes.map((shape, index) => () => shape(value[index], `${at}[${index}]`)));
  };

/** Further fields are let through: a newer pathproof may have written them. */
export const object =
  (fields: Readonly<Record<string, Shape>>): Shape =>
  (value, at) => {
    if (!isRecord(value)) return wrong(at, "an object", value);
    return first(
      Object.entries(fields).map(
        ([name, shape]) =>
          () =>
            shape(value[name], at === "" ? name : `${at}.${name}`),
      ),
    );
  };

/** A union told apart by `kind`. */
export const byKind =
  (kinds: Readonly<Record<string, Readonly<Record<string, Shape>>>>): Shape =>
  (value, at) => {
    if (!isRecord(value)) return wrong(at, "an object", value);
    const fields = typeof value.kind === "string" && Object.hasOwn(kinds, value.kind) ? kinds[value.kind] : undefined;
    if (fields === undefined) return wrong(`${at}.kind`, `one of ${Object.keys(kinds).join(", ")}`, value.kind);
    return object(fields)(value, at);
  };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function first(problems: readonly (() => string | null)[]): string | null {
  for (const problem of problems) {
    const found = problem();
    if (found !== null) return found;
  }
  return null;
}
