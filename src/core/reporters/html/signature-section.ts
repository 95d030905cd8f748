import { type Group, groupBy } from "../group-by.ts";
import type { RunReport } from "../run-report.ts";
import { signatureVariants, type VariantCell, type VariantTable } from "../signature-variants.ts";
import { isWell } from "../tally.ts";
import { targetClasses } from "../target-classes.ts";
import { plural } from "../words.ts";
import { checkAnchor } from "./anchor.ts";
import { cellBadge } from "./badge.ts";
import { foundAt } from "./class-links.ts";
import { isMany } from "./many.ts";
import { html, type Markup } from "./markup.ts";
import type { SectionMaker } from "./section.ts";

/** How every kind of signature was met: what was let in, what was turned away, by which layer, and at which targets. */
export const signatureSection: SectionMaker = (report) => {
  const { variants, rows, open } = signatureVariants(report);
  if (rows.length === 0 || variants.length < 2) return [];
  const names = namesIn(report);
  const asked = rows.length === 1 ? (rows[0]?.target.id ?? "") : plural(rows.length, "target");
  const body = html`<p class="meta lead">Each request is wrong in exactly one way. ✓ what should happen did: only what is rightly signed is answered, and all else is refused for that very reason. Asked of ${asked}.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Signatures and how they were met"><table class="signatures">
<thead><tr><th scope="col">Request</th><th scope="col">How it was met, and where</th></tr></thead>
<tbody>${variants.map((variant, index) => html`<tr><th scope="row">${variant}</th><td><ul>${outcomes(rows, index, names)}</ul></td></tr>`)}</tbody></table></div>${open.length === 0 ? null : html`<p class="meta after">Meant to answer without a signature: ${names.of(open.map(({ id }) => id))}.</p>`}`;
  return [{ id: "signatures", title: "How signatures were met", body }];
};

interface Names {
  readonly of: (targets: readonly string[]) => Markup;
  /** What is in trouble leads to what was found; of many targets, their class does. */
  readonly at: (cells: readonly VariantCell[]) => Markup;
}

function namesIn(report: RunReport): Names {
  const classes = isMany(report) ? targetClasses(report) : [];
  const of = (targets: readonly string[]): Markup => foundAt(classes, targets);
  const at = (cells: readonly VariantCell[]): Markup =>
    isMany(report) || cells.every(({ check }) => isWell(check.verdict))
      ? of(cells.map(({ check }) => check.target))
      : html`${cells.map(({ check }, index) => html`${index === 0 ? "" : ", "}<a href="#${checkAnchor(check)}">${check.target}</a>`)}`;
  return { of, at };
}

/** Each way in which one request was met, what is in trouble first. */
function outcomes(rows: VariantTable["rows"], index: number, { of, at }: Names): readonly Markup[] {
  const asked = rows.flatMap(({ cells }) => cells[index] ?? []);
  const notAsked = rows.filter(({ cells }) => cells[index] === null).map(({ target }) => target.id);
  const met = groupBy(asked, ({ check, met, status, by }) => JSON.stringify([check.verdict, met, status, by]));
  const [first] = met;
  if (first !== undefined && first.length === rows.length && isWell(first[0].check.verdict))
    return [outcome(first, html`${rows.length === 1 ? "" : `all ${rows.length}`}`)];
  const [well, bad] = [true, false].map((wanted) => met.filter(([{ check }]) => isWell(check.verdict) === wanted));
  return [
    ...[...(bad ?? []), ...(well ?? [])].map((group) => outcome(group, at(group))),
    ...(notAsked.length === 0
      ? []
      : [html`<li><span>– not asked</span> <span class="meta">${of(notAsked)}</span></li>`]),
  ];
}

const outcome = ([{ check, met, status, by }]: Group<VariantCell>, where: Markup): Markup =>
  html`<li><span>${cellBadge(check.verdict, null)} ${met}${status === null ? "" : ` with ${status}`}${by === null ? null : html` ${byWhom(by.layer)} <code>${by.code}</code>`}</span> <span class="meta">${where}</span></li>`;

function byWhom(layer: string): string {
  if (layer === "signature") return "for its signature";
  return layer === "API Gateway" ? `by ${layer}` : `by the ${layer}`;
}
