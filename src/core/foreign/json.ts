export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Null for what is no JSON, or no object. */
export function parseFields(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

/** The object of that name; an empty one where there is none. */
export function fieldsIn(value: Fields, name: string): Fields {
  const inner = value[name];
  return isFields(inner) ? inner : {};
}

/** A number that can be counted or timed with; null for anything else. */
export const amount = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;

export const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** The first line of a document, parsed; null when it is no object by itself. */
export function firstLineFields(head: string): Fields | null {
  const [first = ""] = head.split("\n", 1);
  return parseFields(first);
}
