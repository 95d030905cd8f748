import { describe, expect, test } from "vitest";
import { compact } from "#core/reporters/html/compact.ts";
import { html } from "#core/reporters/html/markup.ts";
import { hostile } from "../../support/report.ts";

describe("a page in fewer bytes", () => {
  test("loses the ends of rows, cells and items, and quotation marks that nothing needs", () => {
    const page = html`<table><tbody><tr><th scope="row" class="a b">x</th><td>1</td></tr></tbody></table><ul><li>y</li></ul>`;
    expect(compact(page).markup).toBe('<table><tbody><tr><th scope=row class="a b">x<td>1</table><ul><li>y</ul>');
  });

  test("keeps the marks around what would not be a value without them, and before the end of what closes itself", () => {
    const page = html`<a title="${hostile}" href="#${"a=b"}" class="c">${hostile}</a><path class="line"/><path class="line" d="M0 1"/>`;
    expect(compact(page).markup).toBe(
      page.markup.replace('class="c"', "class=c").replace('line" d', "line d").replace('"line d', "line d"),
    );
  });

  test("leaves what only looks like markup in text", () => {
    const page = html`<p>${'</td> class="a"'}</p>`;
    expect(compact(page)).toEqual(page);
  });
});
