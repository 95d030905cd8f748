import { clean } from "./clean.ts";

/** Text from the wire must not become markup, a mention, a link or a table cell. */
export const text = (value: string): string =>
  clean(value)
    .replace(/[\\`*_[\]|~#]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/@/g, "&#64;");
