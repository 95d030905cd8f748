import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runMeasured, unprintable } from "../support/hostile/run-measured.ts";

const folder = mkdtempSync(join(tmpdir(), "pathproof-hostile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string | Buffer): string => {
  writeFileSync(join(folder, name), text);
  return name;
};
const base = 'version: 1\nregion: eu-west-1\ntargets:\n  a: { kind: http, url: "http://127.0.0.1:9", auth: none }\n';
const signed = base.replace("auth: none", "auth: iam, service: orders");
const many = (entry: string): string =>
  `version: 1\ntargets:\n${Array.from({ length: 10_000 }, (_, index) => `  t${index}: ${entry}\n`).join("")}`;
const policy = (statement: string): string => `{"Version":"2012-10-17","Statement":[${statement}]}`;
const dry = ["check", "--dry-run", "-c"];

file("base.yaml", base);
// Nobody will ever write to it.
spawnSync("mkfifo", [join(folder, "fifo")]);
file("huge", "");
truncateSync(join(folder, "huge"), 3 * 1024 ** 3);
for (const name of ["run-fifo", "run-garbage"]) mkdirSync(join(folder, name));
spawnSync("mkfifo", [join(folder, "run-fifo/observations.ndjson")]);
file("run-garbage/observations.ndjson", `${'{"a":'.repeat(100_000)}\n${"\u001b[31m\u0000\n".repeat(1000)}`);
symlinkSync("loop", join(folder, "loop"));

interface Attack {
  readonly name: string;
  readonly words: readonly string[];
  readonly code: number;
  /** Said on stderr. */
  readonly says: string;
  readonly env?: Readonly<Record<string, string>>;
}

const attacks: readonly Attack[] = [
  // What a config may be.
  { name: "a pipe that nobody writes to", words: [...dry, "fifo"], code: 2, says: "got nothing" },
  { name: "a device without an end", words: [...dry, "/dev/zero"], code: 2, says: "larger than 1 MiB" },
  {
    name: "not UTF-8",
    words: [...dry, file("utf16.yaml", Buffer.from(`\ufeff${base}`, "utf16le"))],
    code: 2,
    says: "UTF-8",
  },
  {
    name: "200,000 open brackets",
    words: [...dry, file("open.yaml", `version: 1\ntargets: ${"[".repeat(200_000)}`)],
    code: 2,
    says: "ordinary depth",
  },
  {
    name: "maps 100,000 deep",
    words: [...dry, file("deep.yaml", `version: 1\ntargets: ${"{a: ".repeat(100_000)}1${"}".repeat(100_000)}`)],
    code: 2,
    says: "ordinary depth",
  },
  {
    name: "3000 anchors, each twice the one before",
    words: [
      ...dry,
      file(
        "anchors.yaml",
        `version: 1\nx: &x0 [1]\n${Array.from({ length: 3000 }, (_, i) => `y${i}: &x${i + 1} [*x${i},*x${i}]\n`).join("")}`,
      ),
    ],
    code: 2,
    says: "aliases",
  },
  {
    name: "variables that blow up",
    words: [...dry, file("blown.yaml", `${base}x: "${"$".concat("{BIG}").repeat(20_000)}"\n`)],
    code: 2,
    says: "once its variables are filled in",
    env: { BIG: "x".repeat(100_000) },
  },
  {
    name: "10,000 targets, all wrong",
    words: [...dry, file("wrong.yaml", many('{ kind: htpp, url: "x" }'))],
    code: 2,
    says: "… and",
  },
  {
    name: "a megabyte of one value",
    words: [...dry, file("value.yaml", `${base.replace("eu-west-1", "a".repeat(1_000_000))}`)],
    code: 2,
    says: "region",
  },
  {
    name: "a megabyte of one URL",
    words: [...dry, file("url.yaml", base.replace("127.0.0.1:9", "a.".repeat(400_000)))],
    code: 2,
    says: "targets.a.url",
  },
  {
    name: "numbers beyond any",
    words: [
      ...dry,
      file(
        "numbers.yaml",
        `${base}deadlines: { dns: 1e999s, connect: ${"9".repeat(400)}s, tls: -1s, firstByte: .inf, total: 0x10 }\n`,
      ),
    ],
    code: 2,
    says: "5 problems",
  },
  {
    name: "a key of look-alike letters",
    words: [...dry, file("alike.yaml", base.replace("targets", "t\u0430rgets"))],
    code: 2,
    says: 'perhaps "targets"',
  },
  {
    name: "terminal escapes in keys and values",
    words: [
      ...dry,
      file("escapes.yaml", `${base}"\\e]0;owned\\a\\e[2J\\x9b31m": "\\e[5m"\nlimits: { maxRate: "\\u202e\\0" }\n`),
    ],
    code: 2,
    says: "limits",
  },
  {
    name: "tags that name code",
    words: [...dry, file("tag.yaml", 'version: !!js/function "function(){}"\n')],
    code: 2,
    says: "Unresolved tag",
  },
  {
    name: "keys of Object",
    words: [...dry, file("proto.yaml", `${base}  __proto__: { kind: constructor }\nconstructor: 1\n`)],
    code: 2,
    says: "__proto__",
  },
  // The files it names.
  {
    name: "a CA that is a silent pipe",
    words: ["check", "-c", file("ca1.yaml", `${base}network: { ca: ./fifo }\n`)],
    code: 2,
    says: "holds no PEM certificate",
  },
  {
    name: "a CA without an end",
    words: ["check", "-c", file("ca2.yaml", `${base}network: { ca: /dev/zero }\n`)],
    code: 2,
    says: "larger than 16 MiB",
  },
  {
    name: "a CA of three gigabytes",
    words: ["check", "-c", file("ca3.yaml", `${base}network: { ca: ./huge }\n`)],
    code: 2,
    says: "larger than 16 MiB",
  },
  {
    name: "a CA that is a folder",
    words: ["check", "-c", file("ca4.yaml", `${base}network: { ca: . }\n`)],
    code: 2,
    says: "it is a folder",
  },
  {
    name: "a CA of beginnings",
    words: [
      "check",
      "-c",
      file(
        "ca5.yaml",
        `${base}network: { ca: ./begins.pem }\n${file("begins.pem", "-----BEGIN CERTIFICATE-----\n".repeat(100_000)) === "" ? "" : ""}`,
      ),
    ],
    code: 2,
    says: "holds no PEM certificate",
  },
  {
    name: "policies that are a silent pipe",
    words: ["lab", "--endpoint-policy", "fifo"],
    code: 2,
    says: "expected a JSON object",
  },
  {
    name: "policies without an end",
    words: ["lab", "--endpoint-policy", "/dev/zero"],
    code: 2,
    says: "larger than 1 MiB",
  },
  {
    name: "policies 200,000 deep",
    words: ["lab", "--endpoint-policy", file("deep.json", "[".repeat(200_000))],
    code: 2,
    says: "expected a JSON object",
  },
  {
    name: "a condition 50,000 deep",
    words: [
      "lab",
      "--endpoint-policy",
      file(
        "cond.json",
        policy(
          `{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*","Condition":${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}}`,
        ),
      ),
    ],
    code: 2,
    says: "condition operator",
  },
  {
    name: "an action of 5000 stars",
    words: [
      "lab",
      "--endpoint-policy",
      file("stars.json", policy(`{"Effect":"Allow","Action":"${"*a".repeat(5000)}","Resource":"*","Principal":"*"}`)),
    ],
    code: 2,
    says: "expected an action",
  },
  {
    name: "a baseline that is a silent pipe",
    words: [
      "run",
      "l",
      "--baseline",
      "fifo",
      "-c",
      file("load.yaml", `${base}loads: { l: { engine: node, targets: [a], rate: 1/s, duration: 1s } }\n`),
    ],
    code: 2,
    says: "not a report",
  },
  { name: "a saved run that is a silent pipe", words: ["report", "run-fifo"], code: 2, says: "no run of pathproof" },
  { name: "a saved run of garbage", words: ["report", "run-garbage"], code: 2, says: "does not begin a run" },
  // Where a run is written to.
  {
    name: "a run's folder that is a file",
    words: ["check", "-c", "base.yaml", "--out", "huge"],
    code: 3,
    says: "a file is in the way",
  },
  {
    name: "a run's folder that leads to itself",
    words: ["check", "-c", "base.yaml", "--out", "loop"],
    code: 3,
    says: "cannot write",
  },
  {
    name: "a run's folder with a name of escapes",
    words: ["check", "-c", "base.yaml", "--out", "o\u001b[2J\u009b31mut"],
    code: 1,
    says: "",
  },
];

describe("whatever it is given", () => {
  test.each(attacks)(
    "$name ends with $code, in words, within bounds",
    { timeout: 60_000 },
    async ({ words, code, says, env = {} }) => {
      const ended = await runMeasured(words, { cwd: folder, env });
      expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(says)]);
      expect(unprintable(ended.stdout + ended.stderr)).toEqual([]);
      expect(ended.stderr).not.toMatch(/^ +at |Error:/m);
      expect(ended.stderr.length).toBeLessThan(64_000);
      expect(ended.residentMib).toBeLessThan(450);
    },
  );

  test("10,000 targets are planned, and none is sent anything", { timeout: 120_000 }, async () => {
    const config = file("many.yaml", many('{ kind: http, url: "http://127.0.0.1:9", auth: none }'));
    const ended = await runMeasured([...dry, config], { cwd: folder, withinMs: 100_000, heapMib: 512 });
    expect(ended.code).toBe(0);
    expect(ended.residentMib).toBeLessThan(800);
  });

  test("links in a run's folder are not followed", async () => {
    mkdirSync(join(folder, "links"));
    file("precious", "precious");
    for (const name of ["observations.ndjson", "report.json", "report.html", "junit.xml", "summary.md"])
      symlinkSync("../precious", join(folder, "links", name));
    expect((await runMeasured(["check", "-c", "base.yaml", "--out", "links"], { cwd: folder })).code).toBe(1);
    expect(readFileSync(join(folder, "precious"), "utf8")).toBe("precious");
    expect(readFileSync(join(folder, "links/report.json"), "utf8")).toContain("pathproof.report/1");
  });

  test.each([
    [
      "a line end in each",
      { AWS_ACCESS_KEY_ID: "AKIA\r\nX-Evil: 1", AWS_SECRET_ACCESS_KEY: "a\nb", AWS_SESSION_TOKEN: "t\r\nHost: x" },
    ],
    [
      "a line end behind the token",
      { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "ab", AWS_SESSION_TOKEN: "tok\n" },
    ],
    ["a file that is a silent pipe", { AWS_SHARED_CREDENTIALS_FILE: join(folder, "fifo"), AWS_PROFILE: "x" }],
  ])("credentials with %s are not sent", { timeout: 60_000 }, async (_, env) => {
    const config = file("signed.yaml", signed);
    const ended = await runMeasured(["sign", "a", "-c", config], { cwd: folder, env });
    expect([ended.code, ended.stderr]).toEqual([3, expect.stringContaining("No credentials")]);
    expect(ended.stdout + ended.stderr).not.toMatch(/Evil|Host: x/);
  });
});
