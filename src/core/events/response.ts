import type { EventBody, Headers } from "./front-request.ts";
import { isObject } from "./json.ts";

/** A function's result as its front reads it. `invalid` is answered by the front itself (502). */
export type FunctionResponse =
  | {
      readonly kind: "ok";
      readonly status: number;
      /** Null where the status's own text is to be used. */
      readonly statusText: string | null;
      /** Names as the function wrote them; without those about the connection or the body's length. */
      readonly headers: Headers;
      readonly body: EventBody;
    }
  | { readonly kind: "invalid"; readonly problem: string };

export type Read<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "invalid"; readonly problem: string };

export const invalid = (problem: string): { readonly kind: "invalid"; readonly problem: string } => ({
  kind: "invalid",
  problem,
});

/** `a list`, `null`, `text`: what was found, for sentences. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : typeof value === "string" ? "text" : `a ${typeof value}`;
}

const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);

/** The body and whether it is base64; no body at all is an empty one. */
export function readBody(body: unknown, flag: unknown): Read<EventBody> {
  if (flag !== undefined && flag !== null && typeof flag !== "boolean") {
    return invalid(`isBase64Encoded must be true or false, not ${kindOf(flag)}`);
  }
  if (body === undefined || body === null) return { kind: "ok", value: { text: "" } };
  if (typeof body !== "string") return invalid(`body must be text, not ${kindOf(body)}; JSON goes in as text`);
  if (flag !== true) return { kind: "ok", value: { text: body } };
  return isBase64(body)
    ? { kind: "ok", value: { base64: body } }
    : invalid("isBase64Encoded is true but body is not base64");
}

/** One header object; `lists` says whether a name may have several values. */
export function readHeaders(value: unknown, name: string, lists: "never" | "always" | "either"): Read<Headers> {
  if (value === undefined || value === null) return { kind: "ok", value: [] };
  if (!isObject(value)) return invalid(`${name} must be an object, not ${kindOf(value)}`);
  const headers: (readonly [string, string])[] = [];
  for (const [key, given] of Object.entries(value)) {
    const values: readonly unknown[] = Array.isArray(given) ? given : [given];
    const wrongForm = Array.isArray(given) ? lists === "never" : lists === "always";
    const texts = values.filter((one) => typeof one === "string");
    if (wrongForm || texts.length !== values.length) {
      const wanted = { never: "text", always: "a list of texts", either: "text or a list of texts" }[lists];
      return invalid(
        `${name}.${key} must be ${wanted}, not ${wrongForm ? kindOf(given) : kindOf(values.find((one) => typeof one !== "string"))}`,
      );
    }
    headers.push(...texts.map((text) => [key, text] as const));
  }
  return { kind: "ok", value: headers };
}
