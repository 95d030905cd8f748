import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readConfig } from "#node/files/read-config.ts";

const folder = (name: string) => join(import.meta.dirname, name);
const yamlIn = (name: string) => readdirSync(folder(name)).filter((file) => file.endsWith(".yaml"));
const secret = "hunter2-from-the-environment!";
const env = { SECRET: secret, COOKIE: secret, REGION: "eu-west-1", HOST: "orders", TOKEN: secret };

describe("a config with problems", () => {
  const files = yamlIn("invalid");

  test("is there in many forms", () => {
    expect(files.length).toBeGreaterThanOrEqual(50);
  });

  test.each(files)("%s is answered by exactly the lines beside it", async (file) => {
    const read = await readConfig(join(folder("invalid"), file), env);
    expect(read.kind).toBe("problems");
    if (read.kind !== "problems") return;
    const text = `${read.lines.join("\n")}\n`;
    expect(text).not.toMatch(/hunter2|AKIA|wJalr/);
    expect(text).toBe(readFileSync(join(folder("invalid"), file.replace(".yaml", ".txt")), "utf8"));
  });
});

describe("a config without problems", () => {
  test.each(yamlIn("valid"))("%s is read", async (file) => {
    expect(await readConfig(join(folder("valid"), file), env)).toMatchObject({ kind: "ok" });
  });

  test("has its relative paths from its own folder", async () => {
    const read = await readConfig(join(folder("valid"), "every-kind.yaml"), env);
    if (read.kind !== "ok") throw new Error(JSON.stringify(read));
    expect(read.config.network.caFile).toBe(join(folder("valid"), "private-ca.pem"));
    expect(read.config.credentials).toMatchObject({ file: join(folder("valid"), "credentials") });
  });
});

describe("a file that cannot be read", () => {
  const temporary = mkdtempSync(join(tmpdir(), "pathproof-config-"));
  afterAll(() => rmSync(temporary, { recursive: true, force: true }));
  const file = join(temporary, "pathproof.yaml");
  const write = (content: string | Buffer): string => {
    writeFileSync(file, content);
    return file;
  };

  test.each([
    ["is missing", () => join(temporary, "none.yaml"), "there is no such file; `pathproof init` writes one"],
    ["is a folder", () => temporary, "it is a folder; name the file in it"],
    ["is large", () => write("# ".padEnd(1_048_577, "x")), "it is larger than 1 MiB"],
    ["is not text", () => write(Buffer.from([0xff, 0xfe, 0x00])), "it is not text in UTF-8"],
  ])("because it %s is answered by one sentence", async (_, make, reason) => {
    const path = make();
    expect(await readConfig(path, env)).toEqual({ kind: "unreadable", message: `cannot read ${path}: ${reason}` });
  });

  test.each(["a: &a [*a, *a, *a, *a]\ntargets: *a\n", "&a { b: *a, c: *a }\n", `${"[".repeat(5000)}\n`])(
    "%j is refused quickly",
    async (text) => {
      const started = performance.now();
      expect((await readConfig(write(text), env)).kind).toBe("problems");
      expect(performance.now() - started).toBeLessThan(5000);
    },
  );
});
