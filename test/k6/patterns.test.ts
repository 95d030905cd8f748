import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect } from "vitest";
import { compilePattern } from "#core/patterns/index.ts";
import { bundleScenario } from "#node/load/bundle-scenario.ts";
import { pattern as anyPattern, text as anyText } from "../core/patterns/arbitrary.ts";
import { temporaryFolder } from "../support/k6.ts";
import { createK6Test } from "./run-scenario.ts";

const k6Test = createK6Test();

const hostile = ["^(a+)+$", "^([\\s\\S]+)+b$", "(a|aa)+\\d$", "(?:a*)*[^]b$", "^(\\S*)*\\u2028$"];
const long = ["a".repeat(16_384), `${"a".repeat(16_384)}!`, `${"é".repeat(8000)}a`];

describe("a pattern in k6", () => {
  k6Test("is found where Node finds it, and in hostile texts within bounds", async (k6) => {
    const sources = [...fc.sample(anyPattern, { numRuns: 1500, seed: 20261126 }), ...hostile];
    const cases = sources.flatMap((source) => {
      const compiled = compilePattern(source);
      const texts = hostile.includes(source) ? long : fc.sample(anyText, { numRuns: 8, seed: source.length });
      return compiled.kind === "compiled" ? [{ source, ...compiled, texts }] : [];
    });
    expect(cases.length).toBeGreaterThan(1000);
    const folder = await temporaryFolder();
    await writeFile(join(folder, "table.json"), JSON.stringify(cases));
    const { kind, ...made } = await bundleScenario(join(import.meta.dirname, "pattern-table.ts"), folder);
    if (!("script" in made)) throw new Error(`${kind}: ${JSON.stringify(made)}`);
    const { stdout } = await promisify(execFile)(
      k6.path,
      ["run", "--quiet", "--no-color", "--no-usage-report", "-e", `TABLE=${join(folder, "table.json")}`, made.script],
      { timeout: 60_000, maxBuffer: 64 * 1024 * 1024, env: { PATH: process.env["PATH"] ?? "", HOME: folder } },
    );
    const theirs: unknown = JSON.parse(stdout);
    if (!Array.isArray(theirs)) throw new Error(stdout.slice(0, 500));
    const differing = cases.flatMap(({ source, plain, isIn, texts }, index) => {
      const ours = texts.map(isIn);
      return JSON.stringify(ours) === JSON.stringify(theirs[index])
        ? []
        : [{ source, plain, texts, ours, theirs: theirs[index] }];
    });
    expect(differing.slice(0, 3)).toEqual([]);
  });
});
