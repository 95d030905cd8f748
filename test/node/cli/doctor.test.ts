import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inFolder, runCli } from "../../support/cli.ts";

interface Finding {
  readonly what: string;
  readonly state: string;
  readonly says: string;
}

const oneTarget = (auth: string): string => `version: 1
targets:
  orders: { kind: lattice, url: "https://orders.example.internal", region: eu-west-1, auth: ${auth} }
`;

/** What doctor finds in a folder of its own, by what it looked at. */
const doctor = (config: string | null, words: readonly string[] = [], clock: string | null = null) =>
  inFolder(async (cwd) => {
    if (config !== null) writeFileSync(join(cwd, "pathproof.yaml"), config);
    writeFileSync(join(cwd, "a-file"), "");
    const bin = join(cwd, "bin");
    mkdirSync(bin);
    if (clock !== null) {
      writeFileSync(join(bin, "timedatectl"), `#!/bin/sh\n${clock}\n`);
      chmodSync(join(bin, "timedatectl"), 0o755);
    }
    const env = { PATH: `${bin}:/bin:/usr/bin` };
    const { code, stdout } = await runCli(["doctor", "--json", ...words], { cwd, env });
    const findings: readonly Finding[] = JSON.parse(stdout);
    return { code, find: (what: string) => findings.find((one) => one.what === what) };
  });

test("without credentials a config that signs cannot be carried out, one that does not sign can", async () => {
  const signing = await doctor(oneTarget("iam"));
  expect(signing.find("credentials")).toMatchObject({
    state: "bad",
    says: expect.stringMatching(/^No credentials: .*Tried: /),
  });
  expect(signing.code).toBe(3);
  const open = await doctor(oneTarget("none"));
  expect(open.find("credentials")).toBeUndefined();
  expect(open.find("config")).toMatchObject({ state: "good", says: "pathproof.yaml: 1 target" });
  expect(open.code).toBe(0);
  const none = await doctor(null);
  expect(none.find("credentials")).toMatchObject({ state: "note" });
  expect(none.code).toBe(0);
});

test.each([
  ["echo yes", "good", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ, set by a time service$/],
  ["echo no", "note", /which no time service sets/],
  ["echo 'System has not been booted with systemd' >&2; exit 1", "note", /cannot be asked here/],
])("the clock is what timedatectl says of it: %s", async (clock, state, says) => {
  const { find, code } = await doctor(oneTarget("none"), [], clock);
  expect(find("clock")).toMatchObject({ state, says: expect.stringMatching(says) });
  expect(code).toBe(0);
});

test("where a run would be written is looked at, and --out goes before the usual", async () => {
  const usual = await doctor(oneTarget("none"));
  expect(usual.find("reports")).toMatchObject({ state: "good", says: expect.stringMatching(/\/reports$/) });
  const named = await doctor(oneTarget("none"), ["--out", "runs/today"]);
  expect(named.find("reports")).toMatchObject({ state: "good", says: expect.stringMatching(/\/runs\/today$/) });
  const blocked = await doctor(oneTarget("none"), ["--out", "a-file/run"]);
  expect(blocked.find("reports")).toMatchObject({ state: "bad" });
  expect(blocked.code).toBe(3);
});
