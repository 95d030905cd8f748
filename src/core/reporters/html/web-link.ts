import { html, type Markup } from "./markup.ts";

/** Only what is a web address becomes a link; nothing that could carry script does. */
export const webLink = (source: string): Markup =>
  /^https:\/\/[^\s"'<>]+$/.test(source) ? html`<a href="${source}" rel="noreferrer">${source}</a>` : html`${source}`;
