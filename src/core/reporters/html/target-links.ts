import { plural } from "../words.ts";
import { anchor } from "./anchor.ts";
import { html, type Markup } from "./markup.ts";

/** To what was found at it. */
export const targetLink = (target: string): Markup => html`<a href="#${anchor(target)}">${target}</a>`;

/** Further targets of which the same is true, folded; nothing where there is none. */
export const alsoAt = (targets: readonly string[]): Markup | null =>
  targets.length === 0
    ? null
    : html`<details class="data also"><summary>and ${plural(targets.length, "other")}</summary><div class="inner">${targets.map((target, index) => html`${index === 0 ? "" : ", "}${targetLink(target)}`)}</div></details>`;
