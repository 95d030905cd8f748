import type { Check } from "#core/checks/check.ts";
import { checks as allChecks } from "#core/checks/index.ts";
import type { Config } from "#core/config/config.ts";
import { didYouMean } from "#core/config/suggest.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import { accessTable, isOfAccess } from "#core/plan/access-table.ts";
import { describePlan } from "#core/plan/describe-plan.ts";
import { groups } from "#core/plan/order-checks.ts";
import { planChecks } from "#core/plan/plan-checks.ts";
import { selectChecks } from "#core/plan/select-checks.ts";
import { showPlan } from "#core/plan/show-plan.ts";
import { assembleCheckReport } from "#core/reporters/assemble.ts";
import { exitCode } from "#core/verdicts/exit-code.ts";
import { createCredentialStore } from "#node/credentials/store.ts";
import { carryOut } from "./carry-out.ts";
import { type Call, CliError } from "./command.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { meansOf } from "./means-of.ts";
import { startProgress } from "./progress.ts";
import { storeMeans } from "./store-means.ts";
import { writeReports } from "./write-reports.ts";

/** The corridor of `check`: plan, probe, judge, report. */
export async function runCheck(call: Call, config: Config, only: string | null): Promise<ExitCode> {
  const checks = wantedChecks(only);
  const store = createCredentialStore(config.credentials, await storeMeans(call, config));
  const means = await meansOf(config, store, call.global.dryRun);
  const plan = planChecks(config.targets, checks, means);
  if (call.global.dryRun) return showDryRun(call, describePlan(plan));

  const progress = startProgress(call.terminal, "checks", plan.length, call.global.quiet);
  const { concurrency } = call.global;
  const ofAccess: Exchange[] = [];
  const { folder, run, lost } = await carryOut(call, config, {
    command: "check",
    checks,
    means,
    store,
    plan,
    options: {
      ...(concurrency === null ? {} : { concurrency }),
      onVerdict: ({ verdict }) => progress.step(verdict.kind === "fail"),
    },
    onExchange: (exchange) => void (isOfAccess(exchange) && ofAccess.push(exchange)),
  });
  progress.end();
  const report = assembleCheckReport({ ...run, access: accessTable(ofAccess, config.targets) });
  await writeReports(call, folder, report, lost);
  return exitCode(report);
}

function wantedChecks(only: string | null): readonly Check[] {
  if (only === null) return allChecks.filter(({ onRequest }) => onRequest !== true);
  const words = only.split(",").map((word) => word.trim());
  const known = groups.filter((group) => allChecks.some((check) => check.group === group));
  const ids = allChecks.map(({ id }) => id);
  const names: readonly string[] = [...known, ...ids];
  const wrong = words.find((word) => !names.includes(word));
  if (wrong === undefined) return selectChecks(allChecks, words);
  throw new CliError(
    exitCodes.usage,
    `--only: there is no group or check "${wrong}"${didYouMean(wrong, names)} Groups: ${known.join(", ")}. Checks: ${ids.join(", ")}`,
  );
}

function showDryRun({ global, terminal }: Call, description: ReturnType<typeof describePlan>): ExitCode {
  terminal.out(global.json ? `${JSON.stringify(description, null, 2)}\n` : `${showPlan(description)}\n`);
  return exitCodes.pass;
}
