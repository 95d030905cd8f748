import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inFolder, program, runCli } from "../../support/cli.ts";
import { findTool } from "../../support/tools.ts";

const script = findTool("script");

interface Talk {
  readonly shown: string;
  readonly code: number | null;
  readonly config: string | null;
}

/** `pathproof init` on a terminal of its own; each answer is typed when its question has been asked. */
async function converse(answers: readonly (readonly [question: string, typed: string])[]): Promise<Talk> {
  return inFolder(async (cwd) => {
    const command = `'${process.execPath}' '${program}' init`;
    const env = { PATH: process.env["PATH"] ?? "", HOME: cwd, TERM: "dumb" };
    const child = spawn(script ?? "", ["-qec", command, "/dev/null"], { cwd, env, timeout: 30_000 });
    const left = [...answers];
    let shown = "";
    let readTo = 0;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
      const [next] = left;
      if (next === undefined || !shown.slice(readTo).includes(next[0])) return;
      left.shift();
      readTo = shown.length;
      child.stdin.write(next[1]);
    });
    const [code]: [number | null] = await once(child, "close").then(([first]) => [first]);
    const file = join(cwd, "pathproof.yaml");
    return { shown, code, config: existsSync(file) ? readFileSync(file, "utf8") : null };
  });
}

describe.skipIf(script === null)("init on a terminal", () => {
  test("asks again where an answer will not do, and writes what was chosen", async () => {
    const { shown, code, config } = await converse([
      ["AWS Region [eu-west-1]: ", "Ireland\r"],
      ["AWS Region [eu-west-1]: ", "eu-central-1\r"],
      ["[all]: ", "latice, http\r"],
      ["[all]: ", "lattice, http\r"],
    ]);
    expect(shown).toContain('expected a Region such as eu-west-1, got "Ireland"');
    expect(shown).toContain('there is no "latice"; did you mean "lattice"?');
    expect(code).toBe(0);
    expect(config).toContain("region: eu-central-1");
    expect([...(config ?? "").matchAll(/^ {4}kind: (.+)$/gm)].map(([, kind]) => kind)).toEqual(["lattice", "http"]);
  });

  test.each([
    ["Ctrl-C", "\u0003"],
    ["Ctrl-D", "\u0004"],
  ])("%s ends it without a file, a stack trace or success", async (_, key) => {
    const { shown, code, config } = await converse([["AWS Region [eu-west-1]: ", key]]);
    expect(shown).toContain("pathproof: interrupted; nothing was written");
    expect(shown).not.toMatch(/\n\s+at /);
    expect(code).toBe(130);
    expect(config).toBeNull();
  });
});

describe("init without a terminal", () => {
  const init = (words: readonly string[]) =>
    inFolder(async (cwd) => {
      const { code, stdout } = await runCli(["init", ...words], { cwd });
      return { code, stdout: stdout.replaceAll(cwd, "…"), files: readdirSync(cwd) };
    });

  test("shows the config in a dry run, and writes nothing", async () => {
    const { code, stdout, files } = await init(["--dry-run", "--kind", "http"]);
    expect(stdout).toContain("\nversion: 1\nregion: eu-west-1\n");
    expect({ code, files }).toEqual({ code: 0, files: [] });
  });

  test("says what comes next with the config's own name", async () => {
    const { stdout, files } = await init(["-c", "my way.yaml"]);
    expect(stdout).toContain("pathproof check -c 'my way.yaml' --dry-run, pathproof check -c 'my way.yaml'\n");
    expect(files).toEqual(["my way.yaml"]);
  });

  test("is JSON alone where JSON is asked for", async () => {
    const { stdout } = await init(["--json"]);
    expect(JSON.parse(stdout)).toEqual({ config: "…/pathproof.yaml" });
  });
});
