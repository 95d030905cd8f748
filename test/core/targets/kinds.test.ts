import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Fact } from "#core/facts.ts";
import { isRange } from "#core/targets/address-class.ts";
import { findKind, targetKinds } from "#core/targets/index.ts";
import type { TargetKind } from "#core/targets/target-kind.ts";

const folder = join(import.meta.dirname, "../../../src/core/targets");

const targetKind = (one: unknown): one is TargetKind => typeof one === "object" && one !== null && "dialect" in one;

describe("the target kinds", () => {
  test("every file that holds a kind is named by it and registered, alphabetically", async () => {
    const names = readdirSync(folder).filter(
      (name) => name.endsWith(".ts") && !["index.ts", "registry.ts"].includes(name),
    );
    const found = await Promise.all(
      names.map(async (name) => {
        const exported: Record<string, unknown> = await import(join(folder, name));
        return Object.values(exported).flatMap((one) => (targetKind(one) ? [[name, one.kind] as const] : []));
      }),
    );
    const kinds = found.flat();
    expect(kinds.length).toBeGreaterThan(0);
    for (const [name, kind] of kinds) expect(name).toBe(`${kind}.ts`);
    expect(targetKinds.map(({ kind }) => kind)).toEqual(kinds.map(([, kind]) => kind).sort());
  });

  test.each(targetKinds.map((kind) => [kind.kind, kind] as const))(
    "%s says where each number is published",
    (_, kind) => {
      const facts: readonly (Fact<unknown> | null)[] = [...Object.values(kind.timers), ...Object.values(kind.limits)];
      for (const one of facts) if (one !== null) expect(one.source).toMatch(/^https:\/\//);
    },
  );

  test.each(targetKinds.map((kind) => [kind.kind, kind] as const))("%s describes its fields", (_, kind) => {
    for (const field of kind.fields) {
      expect(field.description).toMatch(/^[A-Z].*\.$/);
      expect(field.example).not.toBe("");
      if (field.type === "choice") expect(field.choices).toContain(field.example);
    }
    expect(kind.privateRanges.every(isRange)).toBe(true);
  });

  test("a name that is no kind finds none", () => {
    expect(findKind("lambda")).toBeNull();
    expect(findKind("toString")).toBeNull();
  });
});
