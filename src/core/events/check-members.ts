import type { Member, MemberType } from "./event-shape.ts";
import { isObject } from "./json.ts";
import { kindOf } from "./response.ts";

/** The value at a dotted path; undefined where the path leads nowhere. */
export const memberAt = (event: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), event);

const isText = (value: unknown): boolean => typeof value === "string";
const isList = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const everyValue = (value: unknown, holds: (one: unknown) => boolean): boolean =>
  isObject(value) && Object.values(value).every(holds);

const types: Readonly<Record<MemberType, { readonly is: (value: unknown) => boolean; readonly words: string }>> = {
  text: { is: isText, words: "text" },
  number: { is: (value) => typeof value === "number", words: "a number" },
  flag: { is: (value) => typeof value === "boolean", words: "true or false" },
  object: { is: isObject, words: "an object" },
  "value-map": { is: (value) => everyValue(value, isText), words: "an object of texts" },
  "list-map": { is: (value) => everyValue(value, isList), words: "an object of lists of texts" },
  "either-map": {
    is: (value) => everyValue(value, (one) => isText(one) || isList(one)),
    words: "an object of texts or lists of texts",
  },
};

function problemOf(event: unknown, { at, type, or }: Member): string | null {
  const value = memberAt(event, at);
  if (value === undefined) return or === "absent" ? null : `the event has no ${at}`;
  if (value === null && or !== "never") return null;
  const { is, words } = types[type];
  if (is(value)) return null;
  const alternative = or === "never" ? "" : " or null";
  const inside = isObject(value) && type.endsWith("map") ? "an object with other values" : kindOf(value);
  return `${at} should be ${words}${alternative}, and is ${inside}`;
}

/** What is missing from an event or not of the documented type, in sentences. */
export const checkMembers = (event: unknown, members: readonly Member[]): readonly string[] =>
  members.flatMap((member) => problemOf(event, member) ?? []);
