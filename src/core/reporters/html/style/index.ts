import { html, type Markup } from "../markup.ts";
import { charts } from "./charts.ts";
import { page } from "./page.ts";
import { palette } from "./palette.ts";
import { print } from "./print.ts";
import { tables } from "./tables.ts";

export const style: Markup = html`${palette}${page}${tables}${charts}${print}`;
