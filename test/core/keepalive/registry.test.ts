import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import * as registry from "#core/keepalive/checks/registry.ts";
import { defaultSettings, keepaliveChecks } from "#core/keepalive/index.ts";

test("every check of connections is listed, under the name of its file", () => {
  const folder = resolve(import.meta.dirname, "../../../src/core/keepalive/checks");
  const files = readdirSync(folder).filter((name) => name !== "registry.ts");
  const checks = keepaliveChecks(defaultSettings);
  expect(checks.map(({ id }) => `${id}.ts`).toSorted()).toEqual(files.toSorted());
  expect(Object.keys(registry).length).toBe(files.length);
  expect(checks.filter(({ title, why }) => !/^[A-Z].*[^.]$/.test(title) || !/^[A-Z].*\.$/.test(why))).toEqual([]);
});
