import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { check, type Ended, type RunningLab, runProgram, startLabProcess } from "../support/cli.ts";

/** A copy of the sources in which each thing is added as CONTRIBUTING says: one file, one line, nothing else. */
describe("adding is one file and one line", () => {
  const root = resolve(import.meta.dirname, "../..");
  const copy = mkdtempSync(join(tmpdir(), "pathproof-adding-"));
  const program = join(copy, "dist/pathproof.mjs");
  let lab: RunningLab;

  const add = (room: string, file: string, text: string, line: string): void => {
    writeFileSync(join(copy, "src/core", room, file), text);
    const registry = join(copy, "src/core", room, "registry.ts");
    writeFileSync(registry, `${readFileSync(registry, "utf8")}${line}\n`);
  };

  beforeAll(async () => {
    for (const path of ["src", "scenarios", "tools", "package.json"])
      cpSync(join(root, path), join(copy, path), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));

    add(
      "targets",
      "tea-house.ts",
      `import { http } from "./http.ts";
import type { TargetKind } from "./target-kind.ts";
export const teaHouse: TargetKind = { ...http, kind: "tea-house", title: "A tea house" };
`,
      'export { teaHouse } from "./tea-house.ts";',
    );
    add(
      "checks",
      "answer-names-its-type.ts",
      `import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import type { Check } from "./check.ts";
export const answerNamesItsType: Check = {
  id: "answer-names-its-type",
  group: "answer",
  title: "The answer names its content type",
  why: "Clients guess otherwise.",
  needs: ["open-is-answered"],
  alone: false,
  notFor: () => null,
  script: () => [{ label: "ask", until: "answered", address: "any", socket: { kind: "fresh" }, request: null, signing: "unsigned" }],
  judge: ([only]) => (only?.outcome.kind === "answered" ? pass("it was answered") : inconclusive("there was no answer")),
};
`,
      'export { answerNamesItsType } from "./answer-names-its-type.ts";',
    );
    add(
      "causes",
      "tea-is-cold.ts",
      `import type { Cause } from "./cause.ts";
export const teaIsCold: Cause = {
  code: "tea-is-cold",
  layer: "service",
  title: "The tea is cold",
  explanation: "It stood too long.",
  remedy: () => "Brew another.",
  source: "https://www.rfc-editor.org/rfc/rfc2324",
  trust: "doc",
  refines: [],
  recognise: () => null,
};
`,
      'export { teaIsCold } from "./tea-is-cold.ts";',
    );
    add(
      "reporters",
      "one-word.ts",
      `import type { Reporter } from "./reporter.ts";
export const oneWord: Reporter = { format: "one-word", fileName: "verdict.txt", render: ({ verdict }) => verdict };
`,
      'export { oneWord } from "./one-word.ts";',
    );
    await build({
      entryPoints: [join(copy, "src/node/cli/main.ts")],
      outfile: program,
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      loader: { ".mod": "text", ".sum": "text" },
      logLevel: "silent",
    });
    lab = await startLabProcess();
  });
  afterAll(async () => {
    await lab?.stop();
    rmSync(copy, { recursive: true, force: true });
  });

  const run = (words: readonly string[]): Promise<Ended> => runProgram(program, words);

  test("a target kind: config, schema and checks know it", async () => {
    const config = readFileSync(lab.config, "utf8").replace("kind: http\n", "kind: tea-house\n");
    const file = join(copy, "pathproof.yaml");
    writeFileSync(file, config.replaceAll("./", `${lab.config.replace(/pathproof\.yaml$/, "")}`));
    const { report, code } = await check(file, ["plain"], { program });
    expect(report.targets.map(({ kind }) => kind)).toEqual(["tea-house"]);
    expect(code).toBe(0);
    expect((await run(["schema"])).stdout).toContain("tea-house");
  });

  test("a check: it runs against the lab, in its place in the report", async () => {
    const { report } = await check(lab.config, ["plain"], { program });
    const added = report.checks.find(({ check }) => check === "answer-names-its-type");
    expect(added?.verdict).toBe("pass");
    expect(added?.group).toBe("answer");
  });

  test("a cause: explain and the catalogue know it", async () => {
    expect((await run(["explain", "tea-is-cold"])).stdout).toContain("Brew another.");
    expect((await run(["explain"])).stdout).toContain("tea-is-cold");
  });

  test("a reporter: every run folder holds its document", async () => {
    const out = join(copy, "run");
    await run(["check", "plain", "-c", lab.config, "--out", out, "--quiet"]);
    expect(readFileSync(join(out, "verdict.txt"), "utf8")).toBe("pass");
  });
});
