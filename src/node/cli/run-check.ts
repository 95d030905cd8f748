import { readFile } from "node:fs/promises";
import type { Check, Means } from "#core/checks/check.ts";
import { checks as allChecks } from "#core/checks/index.ts";
import type { Config } from "#core/config/config.ts";
import { encodeExchange } from "#core/observations/ndjson.ts";
import { encodeRunLine, saveTarget } from "#core/observations/saved-run.ts";
import { describePlan } from "#core/plan/describe-plan.ts";
import { planChecks } from "#core/plan/plan-checks.ts";
import { selectChecks } from "#core/plan/select-checks.ts";
import { showPlan } from "#core/plan/show-plan.ts";
import { assembleCheckReport } from "#core/reporters/assemble.ts";
import { exitCode } from "#core/verdicts/exit-code.ts";
import { createSignRequest } from "#node/credentials/sign-request.ts";
import { type CredentialStore, createCredentialStore } from "#node/credentials/store.ts";
import { hashing } from "#node/crypto/hashing.ts";
import { createProbe } from "#node/probe/probe.ts";
import { runChecks } from "#node/probe/run-checks.ts";
import { type Call, CliError } from "./command.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { openRun, reason } from "./open-run.ts";
import { startProgress } from "./progress.ts";
import { readVantage } from "./vantage.ts";
import { writeReports } from "./write-reports.ts";

/** The corridor of `check`: plan, probe, judge, report. */
export async function runCheck(call: Call, config: Config, only: string | null): Promise<ExitCode> {
  const store = createCredentialStore(config.credentials);
  const checks = wantedChecks(only);
  const means = await meansOf(config, store, call.global.dryRun);
  const plan = planChecks(config.targets, checks, means);
  if (call.global.dryRun) return showDryRun(call, describePlan(plan));

  const caPem = await readAuthority(config);
  const startedAt = new Date();
  const folder = await openRun(call, "check", startedAt);
  const head = { startedAt: startedAt.toISOString(), vantage: readVantage(call.env) };
  const writing = [
    folder.observe(
      encodeRunLine({
        line: "run",
        schema: "pathproof.observations/1",
        command: "check",
        ...head,
        vantage: { ...head.vantage },
        means,
        checks: checks.map(({ id }) => id),
        targets: config.targets.map(saveTarget),
      }),
    ),
  ];

  const probe = createProbe({
    network: config.network,
    caPem,
    allow: config.limits.allow,
    sign: createSignRequest(store, hashing, Date.now),
    now: Date.now,
    signal: call.signal,
  });
  const progress = startProgress(call.terminal, "checks", plan.length, call.global.quiet);
  const { results, interrupted } = await runChecks(plan, probe.perform, {
    ...(call.global.concurrency === null ? {} : { concurrency: call.global.concurrency }),
    signal: call.signal,
    onExchange: (exchange) => void writing.push(folder.observe(encodeExchange(exchange))),
    onVerdict: ({ verdict }) => progress.step(verdict.kind === "fail"),
  });
  await probe.close();
  progress.end();

  const elapsedMs = Date.now() - startedAt.getTime();
  writing.push(folder.observe(encodeRunLine({ line: "end", elapsedMs, interrupted })));
  const lost = (await Promise.allSettled(writing)).find((one) => one.status === "rejected");
  const report = assembleCheckReport({
    results,
    targets: config.targets,
    ...head,
    elapsedMs,
    interrupted,
  });
  await writeReports(call, folder, report, lost === undefined ? null : reason(lost.reason));
  return exitCode(report);
}

function wantedChecks(only: string | null): readonly Check[] {
  if (only === null) return allChecks;
  const selected = selectChecks(allChecks, only);
  if (selected.length > 0) return selected;
  const groups = [...new Set(allChecks.map(({ group }) => group))];
  throw new CliError(
    exitCodes.usage,
    `--only: expected a group (${groups.join(", ")}) or a check (${allChecks.map(({ id }) => id).join(", ")}), got "${only}"`,
  );
}

/** What there is to sign with; asked only where something is to be signed. */
async function meansOf(config: Config, store: CredentialStore, dryRun: boolean): Promise<Means> {
  const signs = config.targets.some(({ auth }) => auth === "iam");
  if (!signs) return { credentials: "absent", endedSession: false };
  // A dry run sends no packet, so it may not ask a metadata service either: it shows the fullest plan.
  if (dryRun) return { credentials: "temporary", endedSession: true };
  const [current, ended] = await Promise.all([store.current(), store.ended()]);
  if (current.kind === "missing") return { credentials: "absent", endedSession: false };
  return {
    credentials: current.credentials.sessionToken === null ? "long-term" : "temporary",
    endedSession: ended.kind === "ok",
  };
}

function showDryRun({ global, terminal }: Call, description: ReturnType<typeof describePlan>): ExitCode {
  terminal.out(global.json ? `${JSON.stringify(description, null, 2)}\n` : `${showPlan(description)}\n`);
  return exitCodes.pass;
}

async function readAuthority({ network }: Config): Promise<string | null> {
  if (network.caFile === null) return null;
  try {
    return await readFile(network.caFile, "utf8");
  } catch (error) {
    throw new CliError(exitCodes.usage, `network.ca: cannot read ${network.caFile}: ${reason(error)}`);
  }
}
