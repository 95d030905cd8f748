import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { html } from "#core/reporters/html.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { check, type RunningLab, startLabProcess } from "../support/cli.ts";
import { withOwnNames } from "../support/large-reports.ts";

/** The lab's config with its targets over and over, beside the original so that its files are found. */
function multiply(lab: RunningLab, count: number): string {
  const config: { targets: Record<string, unknown>; loads?: unknown } = parse(readFileSync(lab.config, "utf8"));
  const entries = Object.entries(config.targets);
  const many = Array.from({ length: count }, (_, index) => {
    const [id, target] = entries[index % entries.length] ?? [];
    return [`${id}-${index}`, target] as const;
  });
  const file = join(dirname(lab.config), `many-${count}.yaml`);
  writeFileSync(
    file,
    stringify({ ...config, loads: undefined, targets: Object.fromEntries(many) }, { aliasDuplicateObjects: false }),
  );
  return file;
}

const pageBytes = (report: RunReport): number => Buffer.byteLength(html.render(report));

test("200 targets are checked in one run, and all pass", { timeout: 240_000 }, async () => {
  const lab = await startLabProcess();
  try {
    const { report, code } = await check(multiply(lab, 200), [], { withinMs: 200_000 });
    expect(report.targets).toHaveLength(200);
    expect(pageBytes(report)).toBeLessThan(500_000);
    expect(pageBytes(withOwnNames(report))).toBeLessThan(500_000);
    const bad = report.checks.filter(({ verdict }) => verdict === "fail" || verdict === "inconclusive");
    expect(bad.map(({ target, check, summary }) => `${target} ${check}: ${summary}`)).toEqual([]);
    expect(code).toBe(0);
  } finally {
    await lab.stop();
  }
});

test("200 silent targets end in about the time of one: they wait side by side", { timeout: 240_000 }, async () => {
  const lab = await startLabProcess(["--fault", "response-timeout"]);
  try {
    const { report } = await check(multiply(lab, 200), [], { withinMs: 200_000 });
    const slowestMs = Math.max(...report.checks.map(({ elapsedMs }) => elapsedMs));
    // One after the other they would take two hundred times as long; a busy machine may take several times.
    expect(report.elapsedMs).toBeLessThan(slowestMs * 20);
    expect(report.verdict).toBe("fail");
    expect(pageBytes(withOwnNames(report))).toBeLessThan(500_000);
  } finally {
    await lab.stop();
  }
});
