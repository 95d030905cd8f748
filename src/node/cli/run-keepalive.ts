import { checks as allChecks } from "#core/checks/index.ts";
import type { Config } from "#core/config/config.ts";
import { describeKeepalive, showKeepalive } from "#core/keepalive/describe.ts";
import { findingsOf } from "#core/keepalive/findings.ts";
import { keepaliveChecks } from "#core/keepalive/index.ts";
import type { KeepaliveSettings } from "#core/keepalive/settings.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import { namedPrincipal } from "#core/plan/as-principal.ts";
import { planChecks } from "#core/plan/plan-checks.ts";
import { selectChecks } from "#core/plan/select-checks.ts";
import { assembleKeepaliveReport } from "#core/reporters/assemble-keepalive.ts";
import { exitCode } from "#core/verdicts/exit-code.ts";
import { createCredentialStore } from "#node/credentials/store.ts";
import { carryOut } from "./carry-out.ts";
import type { Call } from "./command.ts";
import { startCountdown } from "./countdown.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { mustFit } from "./keepalive-fits.ts";
import { meansOf } from "./means-of.ts";
import { credentialsOf, targetsAs } from "./principal-words.ts";
import { showSnippets } from "./show-snippets.ts";
import { storeMeans } from "./store-means.ts";
import { writeReports } from "./write-reports.ts";

export interface KeepaliveWishes {
  readonly settings: KeepaliveSettings;
  /** Ids of checks to leave out. */
  readonly without: readonly string[];
  /** Whose snippets are printed after the report. */
  readonly clients: readonly string[];
  /** Who asks. */
  readonly principal: string;
}

/** The corridor of `keepalive`: whether a connection is reused at all, then how long it may be. */
export async function runKeepalive(call: Call, selected: Config, wishes: KeepaliveWishes): Promise<ExitCode> {
  const { settings, without, clients, principal } = wishes;
  const config = { ...selected, targets: targetsAs(selected.targets, principal, "keepalive") };
  const source = credentialsOf(config, principal) ?? config.credentials;
  const store = createCredentialStore(source, await storeMeans(call, config));
  const own = keepaliveChecks(settings).filter(({ id }) => !without.includes(id));
  const checks = [...selectChecks(allChecks, ["connection-is-reused"]), ...own];
  const means = await meansOf(config, store, call.global.dryRun);
  const plan = planChecks(config.targets, checks, means);
  const description = describeKeepalive(
    plan.filter(({ check }) => check.group === "keepalive"),
    principal,
  );
  if (call.global.dryRun) {
    call.terminal.out(
      call.global.json ? `${JSON.stringify(description, null, 2)}\n` : `${showKeepalive(description)}\n`,
    );
    return exitCodes.pass;
  }
  await mustFit({ ...config, description, precise: settings.precise, signal: call.signal });

  const seen: Exchange[] = [];
  const countdown = startCountdown(call.terminal, description.aboutMs, call.global.quiet);
  const { folder, run, lost } = await carryOut(call, config, {
    command: "keepalive",
    principal,
    checks,
    means,
    store,
    plan,
    // Scripts mostly wait, and all of them must do so at the same time.
    options: { concurrency: call.global.concurrency ?? Math.max(1, plan.length) },
    onExchange: (exchange) => seen.push(withoutBody(exchange)),
  }).finally(countdown.end);
  const findings = Object.fromEntries(config.targets.map(({ id }) => [id, findingsOf(seen, id)]));
  const report = assembleKeepaliveReport({ ...run, ...namedPrincipal(principal), findings });
  await writeReports(call, folder, report, lost);
  showSnippets(call, report, clients);
  return exitCode(report);
}

/** A whole run of exchanges is held until its end: of their bodies nothing is to be found here. */
const withoutBody = (exchange: Exchange): Exchange =>
  exchange.outcome.kind === "answered" ? { ...exchange, outcome: { ...exchange.outcome, body: "" } } : exchange;
