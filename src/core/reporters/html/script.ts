import { trusted } from "./markup.ts";

// A comfort, and no more: the page says everything without it. It reads the page and writes text nodes and attributes; it knows no
// data, so it is the same in every report, and the page's policy lets nothing run but what has this hash.
const source = `"use strict";
const make = (name, attributes, text) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
};
const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: -10, PageDown: 10, Home: -1e9, End: 1e9 };
for (const stack of document.querySelectorAll(".stack")) {
  const strips = [...stack.querySelectorAll(".hits rect")];
  const figure = stack.closest("figure");
  const table = figure?.querySelector(".data")?.querySelector("table");
  const names = [...(table?.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent);
  // As they were made, whatever they are sorted by later.
  const rows = [...(table?.tBodies[0]?.rows ?? [])];
  const told = (strip, row) => strip?.textContent || [...(row?.cells ?? [])].map((cell, index) => (index === 0 ? "" : names[index] + " ") + cell.textContent).join(" · ");
  const title = figure?.querySelector("strong")?.textContent ?? "chart";
  const most = String(strips.length - 1);
  const readout = make("p", { class: "readout", role: "slider", tabindex: "0", "aria-label": "Read " + title, "aria-valuemin": "0", "aria-valuemax": most, "aria-valuenow": "0" }, "Point at the chart, or move along it with the arrow keys.");
  let at = -1;
  const show = (wanted) => {
    strips[at]?.classList.remove("here");
    at = Math.max(0, Math.min(strips.length - 1, wanted));
    strips[at]?.classList.add("here");
    readout.textContent = told(strips[at], rows[at]);
    readout.setAttribute("aria-valuenow", String(at));
    readout.setAttribute("aria-valuetext", readout.textContent);
  };
  stack.addEventListener("pointermove", ({ target }) => {
    const under = strips.findIndex((strip) => strip === target);
    if (under >= 0) show(under);
  });
  readout.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    show(at + step);
  });
  if (strips.length > 1) stack.after(readout);
}
const ranks = { fail: 0, inconclusive: 1, pass: 2, skipped: 3 };
const key = (row, column) => {
  const cell = row.cells[column];
  const verdict = Object.entries(ranks).find(([name]) => cell?.querySelector(".badge." + name));
  const text = (cell?.textContent ?? "").trim().replace("\\u2212", "-");
  if (/^\\d+(:\\d\\d)+/.test(text)) return text.split(/[^\\d:]/)[0].split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  const number = /^[+-]?[\\d,]+(\\.\\d+)?/.exec(text)?.[0];
  return number === undefined ? (verdict ? verdict[1] : text) : Number(number.replaceAll(",", ""));
};
const inOrder = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));
for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0];
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const asMade = [...(body?.rows ?? [])];
  if (asMade.length < 2 || !table.classList.contains("sortable")) continue;
  for (const [column, head] of heads.entries()) {
    const button = make("button", { type: "button" }, head.textContent ?? "");
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const next = { ascending: "descending", descending: "none" }[head.getAttribute("aria-sort") ?? "none"] ?? "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      if (next !== "none") head.setAttribute("aria-sort", next);
      const sign = next === "descending" ? -1 : 1;
      const rows = next === "none" ? asMade : [...asMade].sort((a, b) => sign * inOrder(key(a, column), key(b, column)));
      body?.append(...rows);
    });
  }
}
`;

export const script = trusted(source);

/** Of `script`, for the page's policy; core has no hash of its own, so a test holds it to the text. */
export const scriptHash = "sha256-rRzxE6/oAzKXbBhvsWThItYfbcUsA/6G2Hphu3DrGWE=";
