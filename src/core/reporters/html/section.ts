import type { RunReport } from "../run-report.ts";
import { html, type Markup } from "./markup.ts";

/** A part of the page that the contents lead to. */
export interface Section {
  /** Of its heading: the fragment that leads there. */
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

/** What a report has to say of one thing; empty when it says nothing of it. */
export type SectionMaker = (report: RunReport) => readonly Section[];

export const section = ({ id, title, body }: Section): Markup =>
  html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`;

/** Links to the sections, where there is more than one to choose from. */
export const contents = (sections: readonly Section[]): Markup =>
  sections.length < 2
    ? html``
    : html`<nav aria-label="Contents"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`;
