import { execFile } from "node:child_process";
import { Resolver } from "node:dns/promises";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { parseConfig } from "#core/config/parse-config.ts";
import { type Lab, type LabOptions, type LabStart, startLab } from "#node/lab/start-lab.ts";
import { labTargets } from "#node/lab/targets.ts";
import { findTool } from "../../support/tools.ts";

const run = promisify(execFile);
const curl = findTool("curl");

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "pathproof-lab-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const start = (over: Partial<LabOptions> = {}): Promise<LabStart> =>
  startLab({ timeScale: 0.01, faults: [], policies: null, staleReuse: null, directory: makeFolder(), ...over });

async function started(over: Partial<LabOptions> = {}): Promise<Lab> {
  const result = await start(over);
  if (result.kind === "refused") throw new Error(result.message);
  onTestFinished(() => result.lab.stop());
  return result.lab;
}

const portOf = (lab: Lab, id: string): number => lab.targets.find(({ target }) => target.id === id)?.port ?? 0;

const knock = (host: string, port: number): Promise<string> =>
  new Promise((done) => {
    const socket = connect({ host, port, timeout: 2000 }).once("timeout", () => socket.destroy(new Error("timeout")));
    socket
      .once("connect", () => done("connected"))
      .once("error", (e) => done("code" in e ? String(e.code) : e.message));
    socket.once("connect", () => socket.destroy());
  });

/** Asks a target through the lab's own CA, pinned as `--resolve` does. */
async function ask(lab: Lab, id: string, path: string): Promise<{ readonly status: number; readonly body: string }> {
  const { target, port } = lab.targets.find((one) => one.target.id === id) ?? { target: undefined, port: 0 };
  if (target === undefined) throw new RangeError(`no target ${id}`);
  const { stdout } = await run(curl ?? "curl", [
    ...["--silent", "--max-time", "5", "--cacert", join(dirname(lab.configFile), "ca.pem"), "--noproxy", "*"],
    ...["--resolve", `${target.hostname}:${port}:${target.addresses.join(",")}`, "--write-out", "\n%{http_code}"],
    `${target.scheme}://${target.hostname}:${port}${path}`,
  ]);
  const at = stdout.lastIndexOf("\n");
  return { status: Number(stdout.slice(at + 1)), body: stdout.slice(0, at) };
}

describe("the lab", () => {
  test.skipIf(curl === null)(
    "answers curl on every target, with the certificate that its CA file verifies",
    async () => {
      const lab = await started();
      const statuses = await Promise.all(
        lab.targets.map(async ({ target }) => [target.id, (await ask(lab, target.id, "/orders/1")).status] as const),
      );
      // Unsigned: the open ones answer, the others refuse; all of them do so in HTTP.
      for (const [id, status] of statuses) expect([id, status]).toEqual([id, expect.any(Number)]);
      expect(statuses.every(([, status]) => status >= 200 && status < 600)).toBe(true);
      expect(Object.fromEntries(statuses)).toMatchObject({ "orders-lattice": 403, "orders-alb": 200, plain: 200 });
    },
  );

  test("closes an idle connection to an ALB after a scaled minute", async () => {
    const lab = await started({ timeScale: 0.01 });
    const { target, port } = lab.targets.find((one) => one.target.id === "orders-alb") ?? { target: null, port: 0 };
    const socket = connect({ host: target?.addresses[0] ?? "", port });
    const startedAt = performance.now();
    const code = await new Promise((done) => {
      socket
        .once("end", () => done("fin"))
        .once("error", done)
        .resume();
      setTimeout(() => done("nothing"), 5000).unref();
    });
    socket.destroy();
    expect(code).toBe("fin");
    expect(performance.now() - startedAt).toBeGreaterThan(500);
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });

  test("writes a config that parses, with every target, for this user's eyes only", async () => {
    const lab = await started();
    const folder = dirname(lab.configFile);
    const parsed = parseConfig(parse(readFileSync(lab.configFile, "utf8")), { env: {}, directory: folder });
    if (parsed.kind !== "ok") throw new Error(JSON.stringify(parsed.problems));
    expect(parsed.config.targets.map(({ id }) => id).sort()).toEqual(labTargets.map(({ id }) => id).sort());
    expect(parsed.config.network).toMatchObject({ dns: [lab.dnsServer], caFile: join(folder, "ca.pem") });
    expect(parsed.config.credentials).toMatchObject({
      kind: "profile",
      profile: "lab",
      file: join(folder, "credentials"),
      endedProfile: "lab-ended",
    });
    for (const name of ["pathproof.yaml", "ca.pem", "credentials"])
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  test("puts its credentials into their file and the environment, never into the config, and no key into the CA file", async () => {
    const lab = await started();
    const folder = dirname(lab.configFile);
    const text = readFileSync(join(folder, "credentials"), "utf8");
    expect(text).toContain(`[lab]\naws_access_key_id = ${lab.env.AWS_ACCESS_KEY_ID}\n`);
    expect(text).toContain("[lab-ended]");
    expect(text).toContain(lab.env.AWS_SESSION_TOKEN);
    const config = readFileSync(lab.configFile, "utf8");
    expect(config).not.toContain(lab.env.AWS_SECRET_ACCESS_KEY);
    expect(config).not.toContain(lab.env.AWS_ACCESS_KEY_ID);
    expect(readFileSync(join(folder, "ca.pem"), "utf8")).not.toContain("PRIVATE");
  });

  test("answers DNS for every name of every target with its addresses", async () => {
    const lab = await started();
    const resolver = new Resolver({ timeout: 1000, tries: 1 });
    resolver.setServers([lab.dnsServer]);
    for (const { target } of lab.targets)
      for (const name of [target.hostname, ...target.otherNames])
        expect([name, (await resolver.resolve4(name)).sort()]).toEqual([name, [...target.addresses].sort()]);
  });

  test("can run twice at once, each lab with ports, credentials and a CA of its own", async () => {
    const [one, two] = await Promise.all([started(), started({ faults: [{ name: "tcp-refused", target: "plain" }] })]);
    expect(one.dnsServer).not.toBe(two.dnsServer);
    expect(one.env.AWS_ACCESS_KEY_ID).not.toBe(two.env.AWS_ACCESS_KEY_ID);
    const plain = labTargets.find(({ id }) => id === "plain")?.addresses[0] ?? "";
    expect(await knock(plain, portOf(one, "plain"))).toBe("connected");
    expect(await knock(plain, portOf(two, "plain"))).toBe("ECONNREFUSED");
    await two.stop();
    expect(await knock(plain, portOf(one, "plain"))).toBe("connected");
  });

  test("stops within a second and leaves neither listener nor file", async () => {
    const directory = join(makeFolder(), "inner", "lab");
    const lab = await started({ directory, faults: [{ name: "tcp-timeout", target: "orders-alb" }] });
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    const startedAt = performance.now();
    await lab.stop();
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(existsSync(directory)).toBe(false);
    const doors = lab.targets.flatMap(({ target, port }) => target.addresses.map((address) => knock(address, port)));
    expect(new Set(await Promise.all(doors))).toEqual(new Set(["ECONNREFUSED"]));
    expect(await knock("127.0.0.1", Number(lab.dnsServer.split(":")[1]))).toBe("ECONNREFUSED");
    await lab.stop();
  });

  test("refuses unknown faults, unknown targets and policies that are none, with a sentence, and starts nothing", async () => {
    expect(await start({ faults: [{ name: "nonsense", target: null }] })).toMatchObject({
      kind: "refused",
      why: "usage",
    });
    expect(await start({ faults: [{ name: "tcp-refused", target: "nobody" }] })).toMatchObject({
      message: expect.stringContaining("It has: orders-direct"),
    });
    const policies = { identity: "{", endpoint: null, resource: null, latticeService: null, latticeNetwork: null };
    expect(await start({ policies })).toMatchObject({ kind: "refused", why: "usage" });
  });
});
