import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { checks } from "#core/checks/index.ts";
import { decodeRun, restoreTarget } from "#core/observations/saved-run.ts";
import { judgeSaved } from "#core/plan/judge-saved.ts";
import { expectGolden } from "../../support/golden.ts";

// Four targets of the lab, each with a fault of its own.
const file = resolve(import.meta.dirname, "../../recorded/four-faults.observations.ndjson");

function judged() {
  const run = decodeRun(readFileSync(file, "utf8"));
  if (run.kind === "no-run") throw new Error(run.problem);
  const targets = run.start.targets.map((saved) => {
    const target = restoreTarget(saved);
    if (target === null) throw new Error(`no kind ${saved.kind}`);
    return target;
  });
  return judgeSaved(run.exchanges, targets, checks, run.start.means);
}

test("a recorded run is judged as it was", () => {
  const lines = judged().map(({ target, check, verdict }) => {
    const cause = "cause" in verdict && verdict.cause !== null ? ` [${verdict.cause.code}]` : "";
    return `${target} ${check}: ${verdict.kind}${cause}: ${verdict.summary}\n`;
  });
  expectGolden("plan/four-faults.txt", lines.join(""));
});

test("each of its four faults makes one failing line", () => {
  const failed = judged().flatMap(({ target, verdict }) =>
    verdict.kind === "fail" ? [`${target} ${verdict.cause.code}`] : [],
  );
  expect(failed).toEqual([
    "orders-direct denied-endpoint-policy",
    "orders-lattice unexpected-body",
    "orders-api open-to-unsigned",
    "orders-alb one-zone-down",
  ]);
});
