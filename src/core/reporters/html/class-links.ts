import { namedBy, type TargetClass } from "../target-classes.ts";
import { plural } from "../words.ts";
import { html, type Markup } from "./markup.ts";
import { targetLink } from "./target-links.ts";

export const classAnchor = ({ number }: TargetClass): string => `alike-${number}`;

/** Of what all members of a class met alike at a check. */
export const classCheckAnchor = (one: TargetClass, check: string): string => `${classAnchor(one)}--${check}`;

/** `orders-1 and 19 others`. */
export const className = ({ members: [first, ...others] }: TargetClass): string =>
  others.length === 0 ? first.id : `${first.id} and ${plural(others.length, "other")}`;

/** Of more, names without a link each: two hundred links would weigh more than what they say. */
const linkedMax = 12;

/** Where something was found: whole classes by a link to who is in them, all others by name. */
export function foundAt(classes: readonly TargetClass[], ids: readonly string[]): Markup {
  const { classes: whole, others } = namedBy(classes, ids);
  const linked = others.length > linkedMax ? [html`${others.join(", ")}`] : others.map(targetLink);
  const parts = [...whole.map((one) => html`<a href="#${classAnchor(one)}">${className(one)}</a>`), ...linked];
  return html`${parts.map((part, index) => html`${index === 0 ? "" : ", "}${part}`)}`;
}
