import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect } from "vitest";

const folder = resolve(import.meta.dirname, "../golden");

/**
 * Holds `text` to the committed file; `npm run golden` rewrites it, and a mismatch leaves `*.got` beside it to compare.
 */
export function expectGolden(name: string, text: string): void {
  const file = join(folder, name);
  if (process.env["GOLDEN"] === "write") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  const expected = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (expected !== text) writeFileSync(`${file}.got`, text);
  else rmSync(`${file}.got`, { force: true });
  expect(text, `${name} departs from its golden (npm run golden rewrites it)`).toBe(expected);
}
