import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inFolder, program, runCli } from "../../support/cli.ts";

const oneTarget = (more = ""): string => `version: 1
${more}targets:
  plain: { kind: http, url: "http://127.0.0.1:9", auth: none }
`;

/** What was said of a mistake: never with a stack trace, and not as if it were ours. */
async function complaint(words: readonly string[], files: Readonly<Record<string, string>> = {}, env = {}) {
  return inFolder(async (cwd) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    const { code, stderr } = await runCli(words, { cwd, env });
    expect(stderr).not.toMatch(/\n\s+at |fault of pathproof/);
    return { code, says: stderr.replaceAll(cwd, "…") };
  });
}

describe("a mistake is told in a sentence, with its place and its exit code", () => {
  test("a network.ca that holds no certificate", async () => {
    const config = oneTarget("network: { ca: ./ca.pem }\n");
    const { code, says } = await complaint(["check"], { "pathproof.yaml": config, "ca.pem": "nothing" });
    expect(says).toMatch(/network\.ca holds no PEM certificate .*: .*ca\.pem\n$/);
    expect(code).toBe(2);
  });

  test("a lab without a place for its files", async () => {
    const { code, says } = await complaint(["lab"], {}, { TMPDIR: "/nonexistent" });
    expect(says).toMatch(/cannot make its folder in \/nonexistent: there is no such file or folder\. Set TMPDIR/);
    expect(code).toBe(3);
  });

  test("a run folder that cannot be made", async () => {
    const { code, says } = await complaint(["check", "--out", "in-the-way"], {
      "pathproof.yaml": oneTarget(),
      "in-the-way": "",
    });
    expect(says).toContain("in-the-way: a file is in the way. Choose another with --out.");
    expect(code).toBe(3);
  });

  test("the same of keepalive, which ends there and does not go on counting", async () => {
    const { code, says } = await complaint(["keepalive", "--max-idle", "1s", "--out", "in-the-way"], {
      "pathproof.yaml": oneTarget(),
      "in-the-way": "",
    });
    expect(says).toContain("in-the-way: a file is in the way. Choose another with --out.");
    expect(code).toBe(3);
  });

  test("a policy that is none, with the file and every place in it", async () => {
    const policy = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Alow", Principal: "*", Action: "*", Resource: "*" }],
    };
    const broken = await complaint(["lab", "--endpoint-policy", "p.json"], { "p.json": JSON.stringify(policy) });
    expect(broken.says).toMatch(
      /the policy p\.json cannot be used:\n {2}Statement\[0\]\.Effect: expected Allow or Deny/,
    );
    expect(broken.code).toBe(2);
    const missing = await complaint(["lab", "--endpoint-policy", "gone.json"]);
    expect(missing.says).toContain("cannot read the policy gone.json: there is no such file or folder");
    expect(missing.code).toBe(2);
  });

  test.each([
    [["check", "plian"], 'no target "plian"; did you mean "plain"? It has: plain'],
    [["check", "zzzzzz"], 'no target "zzzzzz". It has: plain'],
    [
      ["lab", "--fault", "tcp-timout"],
      'no fault "tcp-timout"; did you mean "tcp-timeout"? (pathproof lab --list-faults',
    ],
    [["init", "--force", "--region", "eu west 1"], '--region: expected a Region such as eu-west-1, got "eu west 1"'],
    [["init", "--force", "--kind", "latice"], '--kind: there is no "latice"; did you mean "lattice"?'],
    [["chek"], "pathproof: unknown command 'chek'"],
    [["completion", "toString"], 'completion: expected bash, zsh or fish, got "toString"'],
    [
      ["check", "--only", "auht"],
      '--only: there is no group or check "auht"; did you mean "auth"? Groups: network, tls,',
    ],
    [["check", "--only", "tls,reuse"], '--only: there is no group or check "reuse". Groups: network, tls,'],
    [["lab", "--fault", "tcp-refused@orders-abl"], 'the lab has no target "orders-abl"; did you mean "orders-alb"?'],
  ])("%j", async (words, says) => {
    const said = await complaint(words, { "pathproof.yaml": oneTarget() });
    expect(said.says).toContain(says);
    expect(said.code).toBe(2);
  });
});

test("a command's help shows the options that every command takes", async () => {
  const { stdout } = await runCli(["check", "--help"]);
  const at = (flag: string): number => stdout.indexOf(flag);
  expect(at("--only <what>")).toBeGreaterThan(0);
  for (const flag of ["--config <file>", "--out <dir>", "--json", "--dry-run"])
    expect(at(flag)).toBeGreaterThan(at("Global Options:"));
  expect(at("Global Options:")).toBeGreaterThan(at("--only <what>"));
});

/** A reader that goes away before the program has said a word. */
async function withoutReader(words: readonly string[], stream: "stdout" | "stderr"): Promise<number | null> {
  return inFolder(async (cwd) => {
    writeFileSync(join(cwd, "pathproof.yaml"), oneTarget());
    const child = spawn(process.execPath, [program, ...words], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    child[stream].destroy();
    child[stream === "stdout" ? "stderr" : "stdout"].resume();
    const [code]: [number | null] = await once(child, "exit").then(([first]) => [first]);
    return code;
  });
}

test.skipIf(!existsSync("/dev/full"))("results that cannot be written are told, and no success", async () => {
  const full = openSync("/dev/full", "w");
  const child = spawn(process.execPath, [program, "explain"], { stdio: ["ignore", full, "pipe"] });
  closeSync(full);
  let says = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (says += text));
  const [code] = await once(child, "close");
  expect(says).toBe("pathproof: cannot write to stdout: the disk is full\n");
  expect(code).toBe(3);
});

describe("a reader that has gone", () => {
  // Nothing listens on port 9: the check fails, whoever reads of it.
  test("does not turn a failed check into a pass", async () => {
    expect(await withoutReader(["check", "--json", "--quiet"], "stdout")).toBe(1);
  });

  test("of complaints does not change the exit code", async () => {
    expect(await withoutReader(["chek"], "stderr")).toBe(2);
  });
});
