import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openRunFolder, runFolderName } from "#node/files/run-folder.ts";
import { inFolder } from "../../support/cli.ts";

describe("a run's folder", () => {
  test("is made with those above it, and takes lines and whole files", async () => {
    await inFolder(async (folder) => {
      const run = await openRunFolder(join(folder, "a/b/run"), { exact: true, documents: ["report.json"] });
      await run.observe("one\n");
      await run.observe("two\n");
      await run.close();
      await run.write([{ fileName: "report.json", text: "{}" }]);
      expect(readFileSync(join(folder, "a/b/run/observations.ndjson"), "utf8")).toBe("one\ntwo\n");
      expect(readFileSync(join(folder, "a/b/run/report.json"), "utf8")).toBe("{}");
    });
  });

  test("gets a number when a run of the same second has the name, also when both begin at once", async () => {
    await inFolder(async (folder) => {
      const path = join(folder, "reports", runFolderName(new Date(0), "check"));
      const runs = await Promise.all([1, 2, 3].map(() => openRunFolder(path, { exact: false, documents: [] })));
      expect(runs.map((run) => run.path).sort()).toEqual([path, `${path}-2`, `${path}-3`]);
      await Promise.all(runs.map((run) => run.close()));
    });
  });

  test("in a place where nothing can be made is refused instead of being tried for ever", async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, "file"), "");
      symlinkSync(join(folder, "gone/gone"), join(folder, "dangling"));
      const places = [join(folder, "file"), join(folder, "file/run"), join(folder, "dangling/run")];
      // Linux only: a file system that answers ENOENT to every attempt.
      if (existsSync("/proc/self")) places.push("/proc/pathproof/run");
      for (const path of places)
        await expect(openRunFolder(path, { exact: true, documents: ["report.json"] })).rejects.toThrow(/^E[A-Z]+:/);
    });
  }, 10_000);
});
