import { html, type Markup } from "./markup.ts";

/** A share as a length; the number stands beside it, so it says nothing of its own. */
export const meter = (share: number, className: string): Markup =>
  html`<span class="meter" aria-hidden="true"><span class="${className}" style="width:${Math.round(Math.min(1, share) * 1000) / 10}%"></span></span>`;
