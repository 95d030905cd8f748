import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { bundleScenario } from "#node/load/bundle-scenario.ts";
import { listScenarios, ownScenario, prepareScenario } from "#node/load/find-scenario.ts";
import { scanLanguage } from "#node/load/scan-language.ts";
import { temporaryFolder } from "../../support/k6.ts";

async function bundle(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly said: string; readonly code: string }> {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const bundled = await bundleScenario(join(folder, "scenario.ts"), join(folder, "out"));
  if (bundled.kind === "refused") return { said: bundled.message.replaceAll(folder, "FOLDER"), code: "" };
  return { said: "", code: await readFile(bundled.script, "utf8") };
}

const alone = async (text: string): Promise<string> => (await bundle({ "scenario.ts": text })).said;

describe("a scenario", () => {
  test("becomes one file that imports nothing but k6", async () => {
    const { said, code } = await bundle({
      "scenario.ts": `import http from "k6/http"; import { path } from "./lib/path.ts"; import rows from "./rows.csv";
        interface Row { readonly id: string }
        const row: Row = { id: rows.split("\\n")[0] ?? "" };
        export default function (): void { http.get(path + row.id); }`,
      "lib/path.ts": `export const path: string = "http://127.0.0.1/";`,
      "rows.csv": "first\nsecond",
    });
    expect(said).toBe("");
    expect([...code.matchAll(/^import .*?from "(.*?)"/gm)].map(([, from]) => from)).toEqual(["k6/http"]);
    expect(code).toContain("first\\nsecond");
    expect(code).not.toContain("interface");
  });

  test("may import what pathproof offers, wherever it lies", async () => {
    const { said, code } = await bundle({
      "scenario.ts": `import { iteration, send, workload } from "pathproof/k6";
        export const options = workload();
        export default iteration(({ target }) => { send(target); });`,
    });
    expect(said).toBe("");
    expect(code).toContain("k6/http");
  });

  test.each([
    [
      "a module of Node",
      `import { readFileSync } from "node:fs";\nexport default () => readFileSync("x");`,
      /^FOLDER\/scenario\.ts:1:\d+: "node:fs" is a module of Node/,
    ],
    [
      "a module of Node by its short name",
      `\nimport { createHash } from "crypto";\nexport default () => createHash("md5");`,
      /^FOLDER\/scenario\.ts:2:\d+: "crypto" is a module of Node/,
    ],
    [
      "a package that is not there",
      `import x from "no-such-package";\nexport default () => x;`,
      /^FOLDER\/scenario\.ts:1:\d+: "no-such-package" cannot be found/,
    ],
    [
      "a mistake in the syntax",
      `export default () => {\n  const a = ;\n};`,
      /^FOLDER\/scenario\.ts:2:\d+: Unexpected ";"/,
    ],
    [
      "URL",
      `export default () => {\n  const url = new URL("http://a/");\n  console.log(url);\n};`,
      /^FOLDER\/scenario\.ts:2:19: k6 has no URL: /,
    ],
    [
      "TextEncoder",
      `export default () => new TextEncoder().encode("a");`,
      /^FOLDER\/scenario\.ts:1:26: k6 has no TextEncoder: /,
    ],
    [
      "for await",
      `export default async (): Promise<void> => {\n  for await (const a of [1]) console.log(a);\n};`,
      /^FOLDER\/scenario\.ts:2:3: k6 cannot read `for await`/,
    ],
    [
      "an async generator",
      `async function* many() { yield 1; }\nexport default () => many();`,
      /^FOLDER\/scenario\.ts:1:1: k6 cannot read async generators/,
    ],
    [
      "named groups",
      `export default () => /(?<year>\\d+)/.exec("2026")?.groups;`,
      /^FOLDER\/scenario\.ts:1:22: k6 leaves the named groups/,
    ],
    [
      "the flag v",
      `export default () => /[a]/v.test("a");`,
      /^FOLDER\/scenario\.ts:1:22: k6 cannot read regular expressions with the flag v/,
    ],
    [
      "a dynamic import",
      `export default async () => await import("k6/http");`,
      /^FOLDER\/scenario\.ts:1:34: k6 has no dynamic import/,
    ],
  ])("with %s is refused, with its place", async (_what, text, expected) => {
    expect(await alone(text)).toMatch(expected);
  });

  test("with several lacks is told all of them", async () => {
    const said = await alone(`export default () => [new URL("x"), Buffer.from("x"), fetch("x")];`);
    expect(said.split("\n")).toHaveLength(3);
  });

  test.each([
    [
      "names of its own",
      `export default () => { const URL = (s: string) => s; const process = { env: 1 }; return URL("x") + process.env; };`,
    ],
    ["a global it asks for first", `export default () => (typeof URL === "function" ? new URL("x").href : "x");`],
    ["a global it brings itself", `globalThis.URL = class { href = "x" };\nexport default () => new URL("x").href;`],
    ["a lack it never uses", `const unused = () => new URL("x");\nexport default () => 1;`],
    ["look-behind", `export default () => /(?<=a)b(?<!c)/.test("ab");`],
    ["members of those names", `const o = { fetch: () => 1, URL: 2 };\nexport default () => o.fetch() + o.URL;`],
  ])("with %s is taken", async (_what, text) => {
    expect(await alone(text)).toBe("");
  });

  test("with a lack in what it imports is told the place there", async () => {
    const { said } = await bundle({
      "scenario.ts": `import { parse } from "./parse.ts";\nexport default () => parse("x");`,
      "parse.ts": `\n\nexport const parse = (text: string) => new URL(text);`,
    });
    expect(said).toMatch(/^FOLDER\/parse\.ts:3:\d+: k6 has no URL/);
  });
});

describe("scenarios by name", () => {
  test("are the user's own first, and what comes along otherwise", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "scenarios"));
    await writeFile(join(folder, "scenarios", "steady.ts"), `export default () => "mine";`);
    const own = await prepareScenario("steady", join(folder, "out"), folder);
    const theirs = await prepareScenario("soak", join(folder, "out"), folder);
    if (own.kind !== "ok" || theirs.kind !== "ok") throw new Error("not bundled");
    expect(await readFile(own.script, "utf8")).toContain("mine");
    expect(await readFile(theirs.script, "utf8")).toContain("k6/http");
  });

  test("are called one's own by their place, but not in this repository, where they are what comes along", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "scenarios"));
    await writeFile(join(folder, "scenarios", "steady.js"), "");
    expect(await ownScenario("steady", folder)).toBe(join("scenarios", "steady.js"));
    expect(await ownScenario("soak", folder)).toBeNull();
    expect(await ownScenario("steady", resolve(import.meta.dirname, "../../.."))).toBeNull();
  });

  test("all that come along bundle without complaint", async () => {
    const folder = await temporaryFolder();
    const names = await listScenarios(folder);
    expect(names).toContain("steady-signed");
    for (const name of names)
      expect(await prepareScenario(name, join(folder, "out"), folder)).toMatchObject({ kind: "ok" });
  });

  test("that nobody knows are refused with those that are known", async () => {
    const folder = await temporaryFolder();
    const unknown = await prepareScenario("staedy", folder, folder);
    if (unknown.kind !== "refused") throw new Error("taken");
    expect(unknown.message).toContain('no scenario "staedy"');
    expect(unknown.message).toContain("steady");
  });
});

test("a script that uses nothing k6 lacks has no lacks", () => {
  expect(
    scanLanguage(`const a = async () => { await 1; }; for (const b of [1]) a(b); new RegExp("(a)", "u");`),
  ).toEqual([]);
});
