import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunReport } from "#core/reporters/run-report.ts";
import { runCli } from "../support/cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "pathproof-merge-test-"));

/** Two shards of one load, made at the same time; and a load of another kind. */
beforeAll(async () => {
  const server = createServer((_, response) => response.end("ok"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const load = (rate: string) =>
    `{ engine: node, targets: [here], rate: ${rate}, duration: 2s, thresholds: ["failures < 1%"] }`;
  writeFileSync(
    join(scratch, "pathproof.yaml"),
    `version: 1
targets: { here: { kind: http, url: "http://127.0.0.1:${address.port}", auth: none } }
loads: { load: ${load("50/s")}, other: ${load("10/s")} }
`,
  );
  const run = (name: string, out: string) => runCli(["run", name, "--quiet", "--out", out], { cwd: scratch });
  const ended = await Promise.all([run("load", "a"), run("load", "b"), run("other", "c")]);
  for (const { code, stderr } of ended) expect([0, 4], stderr).toContain(code);
  server.closeAllConnections();
  server.close();
});
afterAll(() => rmSync(scratch, { recursive: true }));

const reportIn = (run: string): RunReport => JSON.parse(readFileSync(join(scratch, run, "report.json"), "utf8"));

const merge = (runs: readonly string[], out: string) =>
  runCli(["report", ...runs, "--merge", "--out", out], { cwd: scratch });

describe("shards of one load", () => {
  test("merged are the run that they were together, with every document, to be rendered again", async () => {
    const { code, stderr } = await merge(["a", "b"], "whole");
    expect([0, 4], stderr).toContain(code);
    const [a, b, whole] = [reportIn("a"), reportIn("b"), reportIn("whole")];
    const requests = ({ loads }: RunReport): number => loads[0]?.requests ?? 0;
    expect(requests(whole)).toBe(requests(a) + requests(b));
    expect(requests(whole)).toBe(200);
    expect(whole.loads[0]?.rate).toBe(100);
    expect(whole.startedAt).toBe([a.startedAt, b.startedAt].sort()[0]);
    expect(whole.thresholds.map(({ rule, target }) => [rule, target])).toEqual([["failures < 1%", "here"]]);
    // Quantiles are of both together: none lies beyond those of each.
    const p99s = [a, b].map(({ loads }) => loads[0]?.serviceMs?.p99 ?? 0);
    expect(whole.loads[0]?.serviceMs?.p99).toBeGreaterThanOrEqual(Math.min(...p99s));
    expect(whole.loads[0]?.serviceMs?.p99).toBeLessThanOrEqual(Math.max(...p99s));
    expect(readdirSync(join(scratch, "whole")).sort()).toEqual(readdirSync(join(scratch, "a")).sort());
    await runCli(["report", "whole", "--out", "again"], { cwd: scratch });
    expect(reportIn("again")).toEqual(whole);
  });

  test("of which one was killed make an interrupted whole", async () => {
    cpSync(join(scratch, "b"), join(scratch, "killed"), { recursive: true });
    const file = join(scratch, "killed", "observations.ndjson");
    writeFileSync(file, readFileSync(file, "utf8").slice(0, -40));
    const { code } = await merge(["a", "killed"], "cut");
    expect(code).toBe(130);
    expect(reportIn("cut")).toMatchObject({ interrupted: true, verdict: "inconclusive" });
    expect(reportIn("cut").loads[0]?.requests).toBe(200);
  });

  test.each([
    [["a", "c"], /--merge: a and c are no shards of one load/],
    [["a", "a"], /a run is named twice/],
    [["a"], /name two runs or more/],
    [["a", "a/report.json"], /is no run's folder/],
  ])("%j are none, and that is one sentence and exit 2", async (runs, says) => {
    const { code, stdout, stderr } = await merge(runs, "refused");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(says);
    expect(readdirSync(scratch)).not.toContain("refused");
  });
});
