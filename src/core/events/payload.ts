import { isJson, type Json } from "./json.ts";

/** The event of a direct invocation: its payload, and `{}` for an empty one. */
export function readPayload(
  text: string,
): { readonly kind: "ok"; readonly event: Json } | { readonly kind: "not-json" } {
  if (text.trim() === "") return { kind: "ok", event: {} };
  try {
    const event: unknown = JSON.parse(text);
    return isJson(event) ? { kind: "ok", event } : { kind: "not-json" };
  } catch {
    return { kind: "not-json" };
  }
}
