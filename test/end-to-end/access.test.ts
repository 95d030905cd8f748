import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { RunReport } from "#core/reporters/run-report.ts";
import { check, inFolder, type RunningLab, runCli, startLabProcess } from "../support/cli.ts";
import { k6BuildMs, realK6 } from "../support/k6.ts";

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
    const unasked = report.access?.filter(({ verdict }) => verdict === "inconclusive") ?? [];
    expect(new Set(unasked.map(({ principal, says }) => `${principal} ${says}`))).toEqual(
      new Set([
        "reader was not asked, for want of credentials: NOBODY_ACCESS_KEY_ID is not set",
        "auditor was not asked, for want of credentials: User: arn:aws:sts::111122223333:assumed-role/pathproof-lab/check is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/pathproof-lab-auditor",
      ]),
    );
  });

  test("a credential_process that hangs ends neither in a verdict nor in a program that stays", async () => {
    const file = join(dirname(lab.config), "hanging");
    writeFileSync(file, "[hanging]\ncredential_process = sleep 60\n");
    const config = changed("hanging", (one) => {
      one.principals.reader = { profile: "hanging", file };
    });
    const beganMs = Date.now();
    const { code, stderr } = await runCli(["sign", "orders-lattice", "--principal", "reader", "-c", config]);
    expect([code, stderr]).toEqual([3, expect.stringContaining("no answer within 5000 ms")]);
    expect(Date.now() - beganMs).toBeLessThan(45_000);
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
    expect(failed[0]?.summary).toBe(
      "stranger: main, unqualified and qualified each was refused by the endpoint policy and not by the identity policy",
    );
    expect(failed[1]?.cause?.evidence.join(" ")).toContain(
      "It should have been refused. The policy files allow it too.",
    );
    expect(failed[2]?.cause?.evidence.join(" ")).toContain(
      './policies/identity-suspended.json, statement 4 "Suspended", denies it',
    );
  });

  test("every document has the table, and no secret of any principal", async () => {
    await inFolder(async (folder) => {
      const out = join(folder, "run");
      const { stdout } = await runCli(["check", "orders-lattice", "-c", lab.config, "--out", out, "--quiet"]);
      const read = (name: string) => readFileSync(join(out, name), "utf8");
      expect(stdout).toMatch(/^ {4}reader +✓ allowed +✓ denied: service +✓ allowed +✓ allowed$/m);
      for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
      expect(read("summary.md")).toContain("| reader | ✅ allowed | ✅ denied: service | ✅ allowed | ✅ allowed |");
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

describe("a load and a signature as another principal", () => {
  /** 4: the threshold held, and the machine was too busy for the times to be believed. */
  const good = [0, 4];
  let lab: RunningLab;
  const k6: { path: string | null } = { path: null };
  beforeAll(async () => {
    lab = await startLabProcess();
    k6.path = (await realK6())?.path ?? null;
  }, k6BuildMs);
  afterAll(() => lab?.stop());

  /** The lab's config with one short load, as `principal` unless the command says otherwise. */
  function withLoad(engine: "k6" | "node", principal: string): string {
    const config = parse(readFileSync(lab.config, "utf8"));
    const load = { engine, targets: ["orders-lattice", "orders-alb"], rate: "20/s", duration: "1s", principal };
    config.loads = { brief: { ...load, thresholds: ["failures == 0"] } };
    const file = join(dirname(lab.config), `load-${engine}-${principal}.yaml`);
    writeFileSync(file, stringify(config, { aliasDuplicateObjects: false }));
    return file;
  }

  async function loaded(config: string, words: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
    return inFolder(async (folder) => {
      const out = join(folder, "run");
      const ended = await runCli(["run", "brief", "-c", config, "--out", out, ...words], { env });
      const read = (name: string) => readFileSync(join(out, name), "utf8");
      if (!existsSync(join(out, "report.json"))) throw new Error(`no report: ${ended.code}\n${ended.stderr}`);
      const again = await runCli(["report", out, "--json", "--quiet"]);
      const report: RunReport = JSON.parse(read("report.json"));
      expect(JSON.parse(again.stdout)).toEqual(report);
      return { ...ended, report, html: read("report.html"), summary: read("summary.md") };
    });
  }

  test.for(["node", "k6"] as const)(
    "%s: who is suspended is refused as the config says, and the report says as whom it was asked",
    { timeout: 120_000, retry: 2 },
    async (engine, { skip }) => {
      if (engine === "k6" && k6.path === null) return skip("there is no k6");
      const env = engine === "k6" ? { PATHPROOF_K6: k6.path ?? "" } : {};
      const { code, report, stdout, html, summary, stderr } = await loaded(withLoad(engine, "suspended"), [], env);
      expect(good, stderr).toContain(code);
      expect(report.loads.map(({ target, principal, auth, failures }) => [target, principal, auth, failures])).toEqual([
        ["orders-lattice", "suspended", "iam", {}],
        ["orders-alb", "suspended", "none", {}],
      ]);
      for (const text of [stdout, html, summary]) expect(text).toContain("scenario steady, as suspended, open loop");
      const [load] = report.loads;
      expect(load?.refusals).toEqual({ explicit: load?.requests });
      for (const text of [stdout, html, summary])
        expect(text).toContain(`${load?.requests} by an explicit deny, as they should be`);
    },
  );

  // What the config says should refuse, and what does.
  const wrongly = {
    stranger: [
      ["orders-direct", "identity-policy", "denied-endpoint-policy"],
      ["orders-lattice", "endpoint-policy", "denied-lattice-service-policy"],
      ["orders-api", "identity-policy", "denied-explicit"],
    ],
    anonymous: [
      ["orders-direct", "identity-policy", "auth-missing"],
      ["orders-lattice", "lattice-service-policy", "denied-lattice-network-policy"],
      ["orders-api", "explicit", "auth-missing"],
    ],
    reader: [
      ["orders-direct", "explicit", "denied-identity-policy"],
      ["orders-api", "any", "open-to-principal"],
    ],
  } as const;

  test.for(
    (["node", "k6"] as const).flatMap((engine) =>
      (["stranger", "anonymous", "reader"] as const).map((who) => [engine, who] as const),
    ),
  )(
    "%s: what %s is refused by another layer than the config says fails, named by that layer; so does what is let in",
    { timeout: 120_000, retry: 2 },
    async ([engine, who], { skip }) => {
      if (engine === "k6" && k6.path === null) return skip("there is no k6");
      const config = withLoad(engine, who);
      const changed = parse(readFileSync(config, "utf8"));
      changed.loads.brief.targets = wrongly[who].map(([target]) => target);
      for (const [target, by] of wrongly[who]) changed.targets[target].access[who] = { denied: by };
      writeFileSync(config, stringify(changed, { aliasDuplicateObjects: false }));
      const { code, report } = await loaded(config, ["--no-abort"], { PATHPROOF_K6: k6.path ?? "" });
      expect(code).toBe(1);
      const failures = wrongly[who].map(([target, , cause]) => [
        target,
        { [cause]: report.loads.find((load) => load.target === target)?.requests },
      ]);
      expect(report.loads.map((load) => [load.target, load.failures])).toEqual(failures);
      expect(report.loads.map(({ refusals }) => refusals)).toEqual(failures.map(() => undefined));
    },
  );

  test.for(["node", "k6"] as const)(
    "%s: who is refused unexpectedly is told by which layer, and who is refused as it should be by several",
    { timeout: 120_000, retry: 2 },
    async (engine, { skip }) => {
      if (engine === "k6" && k6.path === null) return skip("there is no k6");
      const config = withLoad(engine, "auditor");
      const changed = parse(readFileSync(config, "utf8"));
      changed.loads.brief.targets = ["orders-direct", "orders-lattice"];
      changed.targets["orders-direct"].access.auditor = "allowed";
      writeFileSync(config, stringify(changed, { aliasDuplicateObjects: false }));
      const { report } = await loaded(config, ["--no-abort"], { PATHPROOF_K6: k6.path ?? "" });
      const [direct, lattice] = report.loads;
      // The body of the first, of each virtual user, was not asked for: nobody was to be refused.
      const { "denied-identity-policy": told = 0, "unexpected-status": untold = 0, ...rest } = direct?.failures ?? {};
      expect([told + untold, rest]).toEqual([direct?.requests, {}]);
      expect(told).toBeGreaterThan(0);
      if (engine === "node") expect(untold).toBe(0);
      expect(lattice?.failures).toEqual({});
      expect(Object.keys(lattice?.refusals ?? {})).toEqual(["identity-policy", "lattice-service-policy"]);
    },
  );

  test("--principal goes before what the load says", { timeout: 60_000, retry: 2 }, async () => {
    const { code, report } = await loaded(withLoad("node", "default"), ["--principal", "suspended"]);
    expect(good).toContain(code);
    expect(report.loads[0]).toMatchObject({ principal: "suspended", failures: {} });
  });

  test("anonymous sends nothing signed, and what the config allows nobody counts as failed", {
    timeout: 60_000,
    retry: 2,
  }, async () => {
    const config = withLoad("node", "anonymous");
    const { code, report } = await loaded(config);
    expect(good).toContain(code);
    expect(report.loads[0]).toMatchObject({ principal: "anonymous", auth: "none", failures: {} });
    const allowed = parse(readFileSync(config, "utf8"));
    allowed.targets["orders-lattice"].access.anonymous = "allowed";
    writeFileSync(config, stringify(allowed, { aliasDuplicateObjects: false }));
    const failed = await loaded(config, ["--no-abort"]);
    expect(failed.code).toBe(1);
    const [load] = failed.report.loads;
    expect(Object.values(load?.failures ?? {})).toEqual([load?.requests]);
  });

  test("a name that is none is told with those there are; so is a load that would sign nothing", async () => {
    const unknown = await runCli(["run", "brief-node", "-c", lab.config, "--principal", "raeder"]);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('no principal "raeder"; did you mean "reader"? It has: default, reader, auditor');
    const config = parse(readFileSync(lab.config, "utf8"));
    config.loads = { plain: { targets: "orders-alb", rate: "1/s", duration: "1s", principal: "reader" } };
    const file = join(dirname(lab.config), "load-plain.yaml");
    writeFileSync(file, stringify(config, { aliasDuplicateObjects: false }));
    const nothing = await runCli(["run", "plain", "-c", file]);
    expect([nothing.code, nothing.stderr]).toEqual([
      2,
      'pathproof: load plain: reader would sign nothing here, since no target of it has "auth: iam"\n',
    ]);
  });

  test("sign shows the request as that principal, a role's session included, and of a URL too", async () => {
    const keyOf = async (...words: readonly string[]) => {
      const { code, stdout, stderr } = await runCli(["sign", ...words, "-c", lab.config, "--json"]);
      expect([code, stderr]).toEqual([0, ""]);
      return /Credential=([^/]+)\//.exec(JSON.parse(stdout).headers.authorization)?.[1];
    };
    const own = await keyOf("orders-lattice");
    const url = ["--url", "http://127.0.0.1/orders", "--service", "execute-api", "--region", "eu-west-1"];
    const reader = await keyOf("orders-lattice", "--principal", "reader");
    const keys = [own, reader, await keyOf("orders-lattice", "--principal", "auditor")];
    expect(new Set(keys).size).toBe(3);
    expect(await keyOf(...url, "--principal", "reader")).toBe(reader);
    expect(own).toBe(lab.env["AWS_ACCESS_KEY_ID"]);
    const nobody = await runCli(["sign", "orders-lattice", "-c", lab.config, "--principal", "anonymous"]);
    expect([nobody.code, nobody.stderr]).toEqual([
      2,
      "pathproof: sign: anonymous does not sign: there is nothing to show\n",
    ]);
  });
});

describe("a comparison and the age of connections as another principal", () => {
  let lab: RunningLab;
  const k6: { path: string | null } = { path: null };
  beforeAll(async () => {
    lab = await startLabProcess(["--time-scale", "0.01"]);
    k6.path = (await realK6())?.path ?? null;
  }, k6BuildMs);
  afterAll(() => lab?.stop());

  async function reported(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
    return inFolder(async (folder) => {
      const out = join(folder, "run");
      const { code, stdout, stderr } = await runCli([...words, "-c", lab.config, "--out", out], { env });
      const read = (name: string) => readFileSync(join(out, name), "utf8");
      if (!existsSync(join(out, "report.json"))) throw new Error(`no report: ${code}\n${stderr}`);
      const report: RunReport = JSON.parse(read("report.json"));
      const again = await runCli(["report", out, "--json", "--quiet"]);
      expect(JSON.parse(again.stdout)).toEqual(report);
      return { code, stdout, report, html: read("report.html"), observations: read("observations.ndjson") };
    });
  }

  test.for([
    ["node", "suspended", "iam"],
    ["k6", "anonymous", "none"],
  ] as const)(
    "%s compares as %s: refused as the config says, said as whom, and that it is refusals that are compared",
    { timeout: 120_000, retry: 2 },
    async ([engine, principal, auth], { skip }) => {
      if (engine === "k6" && k6.path === null) return skip("there is no k6");
      const env = engine === "k6" ? { PATHPROOF_K6: k6.path ?? "" } : {};
      const brief = ["--rate", "20/s", "--block", "500ms", "--duration", "6s", "--engine", engine];
      const words = ["compare", "orders-api", "orders-direct", ...brief, "--principal", principal];
      const { report, stdout, html } = await reported(words, env);
      expect(report.targets.map((target) => target.auth)).toEqual([auth, auth]);
      const { comparison } = report;
      expect(comparison?.principal).toBe(principal);
      expect(comparison?.targets.map(({ failures }) => failures)).toEqual([{}, {}]);
      expect(comparison?.warnings.join(" ")).toContain("what is compared there is how long a refusal takes");
      expect(stdout).toContain(`, as ${principal}, 6 rounds`);
      expect(html).toMatch(new RegExp(`As whom(?:</dt>)?<dd>${principal}`));
    },
  );

  test.for(["auditor", "anonymous"])(
    "keepalive asks as %s alone, and tells whose connections it told of",
    { timeout: 60_000, retry: 2 },
    async (principal) => {
      const brief = ["--only", "idle,requests", "--max-idle", "800ms", "--max-requests", "3"];
      const asked = await reported(["keepalive", "orders-lattice", ...brief, "--principal", principal]);
      const { report, stdout, html, observations } = asked;
      expect(report.checks.filter(({ verdict }) => verdict === "fail")).toEqual([]);
      expect(report.keepalive?.[0]).toMatchObject({ target: "orders-lattice", principal });
      expect(stdout).toContain(`\norders-lattice, as ${principal}\n`);
      expect(html).toContain(`<h3>orders-lattice, as ${principal}</h3>`);
      const ways = [...observations.matchAll(/"until":"answered".*?("signing":"[a-z]+"(?:,"principal":"[a-z]+")?)/g)];
      expect(new Set(ways.map(([, way]) => way))).toEqual(
        new Set([
          principal === "anonymous" ? '"signing":"unsigned"' : `"signing":"correct","principal":"${principal}"`,
        ]),
      );
    },
  );

  test("a dry run names the principal, a name that is none is told, and so is one that would sign nothing", async () => {
    const said = async (...words: readonly string[]) => {
      const { code, stdout, stderr } = await runCli([...words, "-c", lab.config]);
      return [code, stdout + stderr] as const;
    };
    const two = ["orders-lattice", "orders-api"];
    expect((await said("compare", ...two, "--principal", "reader", "--dry-run"))[1]).toContain(
      "compare: node, as reader, ",
    );
    expect((await said("keepalive", "--principal", "reader", "--dry-run"))[1]).toContain(
      "at the same time, as reader: ",
    );
    for (const words of [["compare", ...two], ["keepalive"]])
      expect(await said(...words, "--principal", "raeder")).toEqual([
        2,
        expect.stringContaining('did you mean "reader"?'),
      ]);
    expect(await said("compare", "orders-alb", "plain", "--principal", "reader")).toEqual([
      2,
      'pathproof: compare: reader would sign nothing here, since no target of it has "auth: iam"\n',
    ]);
    expect(await said("keepalive", "plain", "--principal", "reader")).toEqual([
      2,
      'pathproof: keepalive: reader would sign nothing here, since no target of it has "auth: iam"\n',
    ]);
  });
});

test("a lab with policies of one's own shows what they do, held against the files, with nothing declared", async () => {
  const k6 = await realK6();
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
      for (const engine of k6 === null ? (["node"] as const) : (["node", "k6"] as const)) {
        const config = parse(readFileSync(lab.config, "utf8"));
        config.targets["orders-direct"].access = { stranger: { denied: "endpoint-policy" } };
        const load = { engine, targets: "orders-direct", rate: "20/s", duration: "1s", principal: "stranger" };
        config.loads = { brief: load };
        const file = join(dirname(lab.config), `stranger-${engine}.yaml`);
        writeFileSync(file, stringify(config, { aliasDuplicateObjects: false }));
        const words = ["run", "brief", "-c", file, "--out", join(folder, engine), "--json", "--quiet", "--no-abort"];
        const { stdout } = await runCli(words, { env: { PATHPROOF_K6: k6?.path ?? "" } });
        const [ran] = (JSON.parse(stdout) as RunReport).loads;
        expect(ran?.failures).toEqual({ "denied-resource-policy": ran?.requests });
      }
    } finally {
      await lab.stop();
    }
  });
});
