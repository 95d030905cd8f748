import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { causes, findCause } from "#core/causes/index.ts";
import { causesAsMarkdown } from "#core/causes/markdown.ts";
import { explainCause } from "#core/causes/show.ts";

const page = join(import.meta.dirname, "../../../docs/causes.md");

describe("docs/causes.md", () => {
  test("is what the catalogue says (UPDATE_DOCS=1 rewrites it)", () => {
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(page, causesAsMarkdown());
    expect(readFileSync(page, "utf8")).toBe(causesAsMarkdown());
  });

  test("has a heading for every code, and every link leads to one", () => {
    const text = causesAsMarkdown();
    const headings = [...text.matchAll(/^### (.+)$/gm)].map(([, code]) => code);
    expect(headings.sort()).toEqual(causes.map(({ code }) => code).sort());
    const links = [...text.matchAll(/\(#([a-z-]+)\)/g)].map(([, code]) => code);
    expect(links.filter((code) => !headings.includes(code))).toEqual([]);
  });
});

describe("explainCause()", () => {
  const explained = (code: string): string => {
    const cause = findCause(code);
    if (cause === null) throw new RangeError(code);
    return explainCause(cause);
  };

  test("says what happens, what to do, where it is published and how far to trust it", () => {
    const text = explained("tcp-timeout");
    expect(text).toContain("tcp-timeout: Nothing answers the TCP connect");
    expect(text).toContain("  lattice: Allow outbound TCP 443 to the managed prefix list");
    expect(text).toContain("Source: https://docs.aws.amazon.com/");
    expect(text).toContain("Trust: official documentation says so");
    expect(text).toContain("Named after: generator-saturated, lattice-not-associated, one-zone-down");
  });

  test("gives a remedy once where it is the same for every kind", () => {
    expect(explained("auth-clock-skew")).toMatch(/What to do\n {2}Let a time service/);
  });

  test.each(causes.map(({ code }) => code))("explains %s", (code) => {
    expect(explained(code).split("\n").length).toBeGreaterThan(8);
  });
});
