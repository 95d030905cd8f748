import { plural } from "../words.ts";
import { anchor } from "./anchor.ts";
import { html, type Markup } from "./markup.ts";

/** Of more, the names are folded. */
const namedMax = 3;

/** To what was found at it. */
export const targetLink = (target: string): Markup => html`<a href="#${anchor(target)}">${target}</a>`;

/** Further targets of which the same is true, after the first; nothing where there is none. */
export function alsoAt(targets: readonly string[]): Markup | null {
  if (targets.length === 0) return null;
  const links = html`${targets.map((target, index) => html`${index === 0 ? "" : ", "}${targetLink(target)}`)}`;
  return targets.length <= namedMax
    ? html`<p class="also">and ${links}</p>`
    : html`<details class="data also"><summary>and ${plural(targets.length, "other")}</summary><div class="inner">${links}</div></details>`;
}
