import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { testBodies, testBodyText } from "#core/checks/ask/test-body.ts";
import { documentChecks } from "#core/checks/document.ts";
import { checks } from "#core/checks/index.ts";
import * as registry from "#core/checks/registry.ts";
import { orderChecks } from "#core/plan/order-checks.ts";

const root = resolve(import.meta.dirname, "../../..");
const notChecks = ["check.ts", "document.ts", "index.ts", "registry.ts"];

const camel = (id: string): string => id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

describe("the registry of checks", () => {
  test("every file of the room is listed, under its own name", () => {
    const files = readdirSync(join(root, "src/core/checks"))
      .filter((name) => name.endsWith(".ts") && !notChecks.includes(name))
      .map((name) => name.replace(/\.ts$/, ""));
    expect(checks.map(({ id }) => id).sort()).toEqual(files.sort());
    expect(Object.entries(registry).map(([name]) => name)).toEqual(checks.map(({ id }) => camel(id)));
  });

  test("every need is a check, and comes before what needs it", () => {
    const order = orderChecks(checks).map(({ id }) => id);
    const wrong = checks.flatMap(({ id, needs }) =>
      needs
        .filter((need) => !order.includes(need) || order.indexOf(need) > order.indexOf(id))
        .map((need) => [id, need]),
    );
    expect(wrong).toEqual([]);
  });

  test("titles begin with a capital and end without a full stop, reasons are sentences", () => {
    expect(checks.filter(({ title }) => !/^[A-Z].*[^.]$/.test(title))).toEqual([]);
    expect(checks.filter(({ why }) => !/^[A-Z].*\.$/.test(why))).toEqual([]);
  });

  test("docs/checks.md is what the registry says", () => {
    const file = join(root, "docs/checks.md");
    const text = documentChecks(orderChecks(checks));
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(file, text);
    expect(readFileSync(file, "utf8")).toBe(text);
  });
});

test.each(testBodies)("the test body of $label has its length and digest", (body) => {
  const text = testBodyText(body);
  expect(Buffer.byteLength(text)).toBe(body.bytes);
  expect(createHash("sha256").update(text).digest("hex")).toBe(body.sha256);
  expect(JSON.stringify(text)).toBe(`"${text}"`);
});
