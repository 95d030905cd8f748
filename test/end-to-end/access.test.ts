import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { check, inFolder, type RunningLab, runCli, startLabProcess } from "../support/cli.ts";

describe("who may do what, at the lab", () => {
  let lab: RunningLab;
  beforeAll(async () => {
    lab = await startLabProcess();
  });
  afterAll(() => lab?.stop());

  /** The lab's config with a change to it, beside the original so that its files are found. */
  function changed(name: string, change: (config: ReturnType<typeof parse>) => void): string {
    const config = parse(readFileSync(lab.config, "utf8"));
    change(config);
    const file = join(dirname(lab.config), `${name}.yaml`);
    writeFileSync(file, stringify(config, { aliasDuplicateObjects: false }));
    return file;
  }

  test("--only auth asks six principals of five targets, one of them by assuming a role, and everything is as declared", async () => {
    const { code, report } = await check(lab.config, ["--only", "auth"]);
    expect(code).toBe(0);
    const rows = report.access ?? [];
    expect(new Set(rows.map(({ principal }) => principal))).toEqual(
      new Set(["default", "reader", "auditor", "suspended", "stranger", "anonymous"]),
    );
    expect(rows.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    // What the policy files say is what the wire says, cell by cell, wherever signatures are right.
    const foreseen = rows.filter(({ foreseen, seen }) => foreseen !== null && seen.by !== "authentication");
    expect(foreseen.length).toBeGreaterThan(40);
    for (const { target, principal, action, foreseen: says, seen } of foreseen)
      expect([target, principal, action, says?.access, says?.by ?? null]).toEqual([
        target,
        principal,
        action,
        seen.access,
        seen.by,
      ]);
  });

  test("--principal asks as that one alone, and an unknown one is told", async () => {
    const { report } = await check(lab.config, ["orders-lattice", "--only", "auth", "--principal", "reader"]);
    expect(new Set((report.access ?? []).map(({ principal }) => principal))).toEqual(new Set(["reader"]));
    const { code, stderr } = await runCli(["check", "-c", lab.config, "--principal", "raeder"]);
    expect(code).toBe(2);
    expect(stderr).toContain('no principal "raeder"; did you mean "reader"?');
  });

  test("a principal without credentials is one line that says so, and exit 3; the others are judged all the same", async () => {
    const config = changed("without", (one) => {
      one.principals.reader = { env: "NOBODY" };
      one.principals.auditor.externalId = "another";
    });
    const { code, report } = await check(config, ["orders-lattice", "--only", "auth"]);
    expect(code).toBe(3);
    const found = report.checks.find((one) => one.check === "access-is-as-declared");
    expect(found).toMatchObject({
      verdict: "inconclusive",
      summary: "reader has no credentials and auditor has no credentials",
      cause: { code: "credentials-missing" },
    });
    expect(found?.cause?.evidence.join(" ")).toContain("NOBODY_ACCESS_KEY_ID is not set");
    expect(report.access?.filter(({ verdict }) => verdict === "pass")).toHaveLength(16);
  });

  test("a refusal by another layer than the declared one fails and names it; so does one who is let in", async () => {
    const config = changed("otherwise", (one) => {
      one.targets["orders-direct"].access = { stranger: { denied: "identity-policy" } };
      one.targets["orders-lattice"].access = { reader: "denied" };
      one.targets["orders-api"].access = { suspended: "allowed" };
    });
    const { code, report } = await check(config, ["orders-direct", "orders-lattice", "orders-api", "--only", "auth"]);
    expect(code).toBe(1);
    const failed = report.checks.filter(({ verdict }) => verdict === "fail");
    expect(failed.map(({ target, check: name, cause }) => [target, name, cause?.code])).toEqual([
      ["orders-direct", "access-is-as-declared", "denied-endpoint-policy"],
      ["orders-lattice", "access-is-as-declared", "open-to-principal"],
      ["orders-api", "access-is-as-declared", "denied-explicit"],
    ]);
    expect(failed[2]?.cause?.evidence.join(" ")).toContain(
      './policies/identity-suspended.json, statement 4 "Suspended", denies it',
    );
  });

  test("every document has the table, and no secret of any principal", async () => {
    await inFolder(async (folder) => {
      const out = join(folder, "run");
      const { stdout } = await runCli(["check", "orders-lattice", "-c", lab.config, "--out", out, "--quiet"]);
      const read = (name: string) => readFileSync(join(out, name), "utf8");
      expect(stdout).toMatch(/^ {4}reader +✓ allowed +✓ service +✓ allowed +✓ allowed/m);
      for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
      expect(read("summary.md")).toContain("| reader | ✅ allowed | ✅ service | ✅ allowed | ✅ allowed |");
      expect(read("junit.xml")).toContain('<testcase name="auditor: retired" classname="orders-lattice.access"');
      expect(read("report.html")).toContain("Who may do what");
      const credentials = readFileSync(join(dirname(lab.config), "credentials"), "utf8");
      const secrets = [...credentials.matchAll(/(?:secret_access_key|session_token) = (\S+)/g)].map(([, one]) => one);
      expect(secrets.length).toBe(10);
      for (const name of ["observations.ndjson", "report.json", "report.html", "summary.md", "junit.xml"])
        for (const secret of secrets) expect(read(name).includes(secret ?? "?")).toBe(false);
      const again = await runCli(["report", out, "--json", "--quiet"]);
      expect(JSON.parse(again.stdout).access).toEqual(JSON.parse(read("report.json")).access);
    });
  });
});

test("a lab with policies of one's own shows what they do, held against the files, with nothing declared", async () => {
  await inFolder(async (folder) => {
    const policy = join(folder, "endpoint.json");
    const statement = { Effect: "Allow", Principal: "*", Action: "lambda:InvokeFunction", Resource: "*" };
    writeFileSync(policy, JSON.stringify({ Version: "2012-10-17", Statement: [statement] }));
    const lab = await startLabProcess(["--endpoint-policy", policy]);
    try {
      const { code, report } = await check(lab.config, ["orders-direct", "--only", "auth"]);
      expect(code).toBe(0);
      const stranger = (report.access ?? []).filter(({ principal }) => principal === "stranger");
      expect(stranger.map(({ expected, seen }) => [expected.access, seen.by])).toEqual(
        Array.from({ length: 3 }, () => ["observed", "resource-policy"]),
      );
    } finally {
      await lab.stop();
    }
  });
});
