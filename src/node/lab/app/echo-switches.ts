import { echoSwitch } from "#core/events/echo.ts";
import { isObject } from "#core/events/json.ts";
import type { EventForm } from "#core/targets/target.ts";

/** What the echo function is asked for; each is null where it is not asked. */
export type Switches = (name: keyof typeof echoSwitch) => string | null;

/** Reads them where the event of a front has the query, or the payload itself where there is no front. */
export function switchesOf(form: EventForm, event: unknown): Switches {
  const source = isObject(event) ? event : {};
  return switchesIn(form === "direct" ? source : queryIn(source));
}

/** Reads them from parameters, each one text or a list whose last counts. */
export function switchesIn(parameters: unknown): Switches {
  const values = isObject(parameters) ? parameters : {};
  return (name) => {
    const value = values[echoSwitch[name]];
    const one: unknown = Array.isArray(value) ? value.at(-1) : value;
    return typeof one === "string" || typeof one === "number" || one === true ? String(one) : null;
  };
}

const queryIn = (event: Readonly<Record<string, unknown>>): unknown =>
  event["queryStringParameters"] ?? event["query_string_parameters"] ?? event["multiValueQueryStringParameters"];

/** A whole number from 0 to `most`, or the fallback. */
export function wholeNumber(text: string | null, fallback: number, most: number): number {
  const value = Number(text ?? Number.NaN);
  return Number.isFinite(value) && value >= 0 ? Math.min(Math.floor(value), most) : fallback;
}
