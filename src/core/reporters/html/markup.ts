import { clean } from "../clean.ts";

/** HTML that is known to be well-formed and escaped: only `html` makes it. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | null | readonly Markup[];

/**
 * Template tag: every value is escaped unless it is `Markup` already, so text from the wire can only ever be text. Control
 * characters and bidirectional overrides become visible.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const out = strings.map((text, index) => (index === 0 ? "" : render(parts[index - 1] ?? null)) + text);
  return { markup: out.join("") };
}

function render(part: Part): string {
  if (part === null) return "";
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return escapeHtml(part);
  return "markup" in part ? part.markup : part.map(({ markup }) => markup).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escapeHtml = (text: string): string =>
  clean(text, "keep").replace(/[&<>"']/g, (character) => entities[character] ?? character);

/** For style sheets of our own; never for anything that was read. */
export const trusted = (markup: string): Markup => ({ markup });
