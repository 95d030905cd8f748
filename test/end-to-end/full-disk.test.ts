import { mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { makeSmallDisk } from "../support/small-disk.ts";

const disk = makeSmallDisk(256);
const scratch = mkdtempSync(join(tmpdir(), "pathproof-full-test-"));
const config = join(scratch, "pathproof.yaml");
let server: Server;
let asked = 0;

beforeAll(async () => {
  server = createServer((_, response) => {
    asked += 1;
    response.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const target = `{ kind: http, url: "http://127.0.0.1:${address.port}", auth: none }`;
  const load = "{ engine: node, targets: [here], rate: 200/s, duration: 1500ms, thresholds: ['p99 < 10s'] }";
  writeFileSync(
    config,
    ["version: 1", "targets:", `  here: ${target}`, `  there: ${target}`, `loads: { load: ${load} }`, ""].join("\n"),
  );
});

afterAll(() => {
  disk?.remove();
  server.closeAllConnections();
  server.close();
  rmSync(scratch, { recursive: true });
});

const commands: Readonly<Record<string, readonly string[]>> = {
  check: ["check", "here"],
  keepalive: ["keepalive", "here", "--max-idle", "1s"],
  run: ["run", "load"],
  compare: ["compare", "here", "there", "--rate", "50/s", "--duration", "3s", "--block", "250ms"],
};

const cli = (words: readonly string[], out: string) =>
  runCli([...words, "-c", config, "--quiet", "--yes", "--out", out], { cwd: scratch });

/** Leaves so many bytes free on the disk, in whole pages. */
function leave(path: string, bytes: number): void {
  for (const name of readdirSync(path)) rmSync(join(path, name), { recursive: true });
  const { bavail, bsize } = statfsSync(path);
  writeFileSync(join(path, "filler"), Buffer.alloc(bavail * bsize - bytes));
}

const namesIn = (folder: string): readonly string[] => readdirSync(folder).sort();

/** The one sentence, of which nothing is missing: what, where, why. */
const cannot = (path: string, why: string): RegExp =>
  new RegExp(
    `^pathproof: (cannot write the run's folder ${path}|the run ended, but ${path} could not be written): ${why}`,
    "m",
  );

describe.skipIf(disk === null)("on a disk that is full", () => {
  const root = disk?.path ?? "";
  const out = join(root, "run");

  test.each(Object.entries(commands))("%s measures nothing that it could not begin to write down", async (_, words) => {
    leave(root, 0);
    asked = 0;
    const { code, stdout, stderr } = await cli(words, out);
    expect(code, stderr).toBe(3);
    expect(stderr).toBe(
      `pathproof: cannot write the run's folder ${out}: the disk is full. Choose another with --out.\n`,
    );
    expect(stdout).toBe("");
    // What looks at the sizes of answers, before a comparison, may have asked already.
    expect(asked).toBeLessThan(5);
    expect(namesIn(root)).toEqual(["filler"]);
  });

  test.each(Object.entries(commands))(
    "%s that fills it says so, shows what it found, and leaves no report that looks whole",
    { timeout: 60_000 },
    async (_, words) => {
      // Enough for the first lines, for all that was observed and some of the documents.
      for (const kib of [4, 36]) {
        leave(root, kib * 1024);
        const { code, stdout, stderr } = await cli(words, out);
        expect([kib, code], stderr).toEqual([kib, 3]);
        expect(stderr).toMatch(cannot(out, "the disk is full"));
        expect(stderr).not.toMatch(/a fault of pathproof itself|^ +at |ENOSPC|ERR_/m);
        if (namesIn(root).length === 1) continue;
        expect(stdout).not.toBe("");
        expect(namesIn(out)).toEqual(["observations.ndjson"]);
        const again = await cli(["report", out], join(scratch, "again"));
        expect([0, 1, 4, 130], again.stderr).toContain(again.code);
        expect(namesIn(join(scratch, "again"))).toContain("report.json");
      }
    },
  );

  test("report keeps every document that was there, and a copy is not begun", { timeout: 60_000 }, async () => {
    leave(root, 200 * 1024);
    const made = await cli(commands["check"] ?? [], join(scratch, "made"));
    expect([0, 1]).toContain(made.code);
    const inPlace = join(root, "check");
    const first = await cli(["report", join(scratch, "made")], inPlace);
    expect(first.code, first.stderr).toBe(made.code);
    const before = namesIn(inPlace).map((name) => [name, readFileSync(join(inPlace, name), "utf8")]);
    const { bavail, bsize } = statfsSync(root);
    writeFileSync(join(root, "more"), Buffer.alloc(Math.max(0, bavail * bsize - 8192)));

    const again = await runCli(["report", inPlace], { cwd: scratch });
    expect(again.code).toBe(3);
    expect(again.stderr).toMatch(cannot(inPlace, "the disk is full"));
    expect(namesIn(inPlace).map((name) => [name, readFileSync(join(inPlace, name), "utf8")])).toEqual(before);

    leave(root, 0);
    const copy = await cli(["report", join(scratch, "made")], out);
    expect(copy.code).toBe(3);
    expect(copy.stderr).toMatch(cannot(out, "the disk is full"));
    expect(namesIn(root)).toEqual(["filler"]);
  });
});

describe.skipIf(disk === null)("where nothing may be written", () => {
  test("every command says so before it sends anything", { timeout: 60_000 }, async () => {
    const root = disk?.path ?? "";
    const out = join(root, "run");
    const made = join(scratch, "readable");
    await cli(commands["check"] ?? [], made);
    leave(root, 32 * 1024);
    disk?.setReadOnly(true);
    try {
      asked = 0;
      for (const words of [...Object.values(commands), ["report", made]]) {
        const { code, stderr } = await cli(words, out);
        expect([words[0], code], stderr).toEqual([words[0], 3]);
        expect(stderr).toBe(
          `pathproof: cannot write the run's folder ${out}: the file system is read-only. Choose another with --out.\n`,
        );
      }
      expect(asked).toBeLessThan(5);
    } finally {
      disk?.setReadOnly(false);
    }
  });
});
