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
import type { RunFolder } from "#node/files/run-folder.ts";
import { createProbe } from "#node/probe/probe.ts";
import { runChecks } from "#node/probe/run-checks.ts";
import { type Call, CliError } from "./command.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { openRun, reason } from "./open-run.ts";
import { startProgress } from "./progress.ts";
import { readAuthority } from "./read-authority.ts";
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
  const { observe, lost } = observing(folder);
  observe(
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
  );

  const probe = createProbe({
    network: config.network,
    caPem,
    allow: config.limits.allow,
    sign: createSignRequest(store, hashing, Date.now),
    now: Date.now,
    signal: call.signal,
  });
  sayStopping(call);
  const progress = startProgress(call.terminal, "checks", plan.length, call.global.quiet);
  const { results, interrupted } = await runChecks(plan, probe.perform, {
    ...(call.global.concurrency === null ? {} : { concurrency: call.global.concurrency }),
    signal: call.signal,
    onExchange: (exchange) => observe(encodeExchange(exchange)),
    onVerdict: ({ verdict }) => progress.step(verdict.kind === "fail"),
  });
  await probe.close();
  progress.end();

  const elapsedMs = Date.now() - startedAt.getTime();
  observe(encodeRunLine({ line: "end", elapsedMs, interrupted }));
  const report = assembleCheckReport({
    results,
    targets: config.targets,
    ...head,
    elapsedMs,
    interrupted,
  });
  await writeReports(call, folder, report, await lost());
  return exitCode(report);
}

/** Observations written as they come. A disk that will not take them is told at the end, and does not end the run. */
function observing(folder: RunFolder): { observe(lines: string): void; lost(): Promise<string | null> } {
  const writing: Promise<string | null>[] = [];
  return {
    observe: (lines) => void writing.push(folder.observe(lines).then(() => null, reason)),
    lost: async () => (await Promise.all(writing)).find((why) => why !== null) ?? null,
  };
}

/** A person who pressed Ctrl-C should not wonder whether it was heard. */
function sayStopping({ signal, terminal, global }: Call): void {
  if (global.quiet) return;
  const say = () => terminal.err("\npathproof: stopping, to report what was seen so far; once more ends it at once\n");
  signal.addEventListener("abort", say, { once: true });
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
