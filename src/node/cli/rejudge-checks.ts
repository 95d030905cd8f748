import { checks as allChecks } from "#core/checks/index.ts";
import { findingsOf } from "#core/keepalive/findings.ts";
import { defaultSettings, keepaliveChecks } from "#core/keepalive/index.ts";
import type { SavedRun } from "#core/observations/saved-run.ts";
import { accessTable } from "#core/plan/access-table.ts";
import { judgeSaved } from "#core/plan/judge-saved.ts";
import { assembleCheckReport } from "#core/reporters/assemble.ts";
import { assembleKeepaliveReport } from "#core/reporters/assemble-keepalive.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import type { Target } from "#core/targets/target.ts";
import { minutes } from "#core/units.ts";
import { readVantage } from "./vantage.ts";

/** A saved `check` or `keepalive`, judged and assembled again from its exchanges. */
export function rejudgeChecks(
  { start, exchanges, end }: Extract<SavedRun, { kind: "run" }>,
  targets: readonly Target[],
): RunReport {
  // Whether age was asked for shows in what was seen.
  const aged = exchanges.some(({ check }) => check === "connections-age-as-expected");
  const known = [...allChecks, ...keepaliveChecks({ ...defaultSettings, maxAgeMs: aged ? minutes(1) : null })];
  const checks = known.filter(({ id }) => start.checks.includes(id));
  const parts = {
    targets,
    vantage: { ...readVantage({}), ...start.vantage },
    startedAt: start.startedAt,
    elapsedMs: end?.elapsedMs ?? 0,
    interrupted: end?.interrupted ?? true,
    access: accessTable(exchanges, targets),
    results: judgeSaved(exchanges, targets, checks, start.means),
  };
  if (start.command !== "keepalive") return assembleCheckReport(parts);
  const findings = Object.fromEntries(targets.map(({ id }) => [id, findingsOf(exchanges, id)]));
  const { principal } = start;
  return assembleKeepaliveReport({ ...parts, ...(principal === undefined ? {} : { principal }), findings });
}
