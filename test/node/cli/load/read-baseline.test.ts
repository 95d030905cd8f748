import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Load } from "#core/config/config.ts";
import { ms, perSecond } from "#core/units.ts";
import { readBaseline } from "#node/cli/load/read-baseline.ts";
import { makeLoad, makeLoadReport } from "../../../support/load-report.ts";

const scratch = mkdtempSync(join(tmpdir(), "pathproof-baseline-test-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const saved = makeLoad({ load: "nightly", target: "orders", scenario: "steady", engine: "k6", rate: 200 });
writeFileSync(join(scratch, "report.json"), JSON.stringify(makeLoadReport({ loads: [saved] })));

const nightly: Load = {
  ...{ name: "nightly", engine: "k6", targets: ["orders"], arrival: { kind: "open", rate: perSecond(200) } },
  ...{ durationMs: ms(60_000), warmupMs: ms(0), scenario: "steady", principal: "default", thresholds: [] },
};

test("a baseline of the same load is like it, and gives its figures by target", async () => {
  const { byTarget, unlike } = await readBaseline(scratch, ".", nightly);
  expect(unlike).toBeNull();
  expect(byTarget["orders"]?.serviceMs).toEqual(saved.serviceMs);
});

test("one by another engine at another rate says so, for no threshold can tell what that makes of a difference", async () => {
  const other: Load = { ...nightly, engine: "node", arrival: { kind: "open", rate: perSecond(100) } };
  const { unlike } = await readBaseline(scratch, "report.json", other);
  expect(unlike).toBe("engine k6 there, node here; rate 200 there, 100 here");
});
