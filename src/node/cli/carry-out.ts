import type { Check, Means } from "#core/checks/check.ts";
import type { Config } from "#core/config/config.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import { encodeExchange } from "#core/observations/ndjson.ts";
import { encodeRunLine, saveTarget } from "#core/observations/saved-run.ts";
import type { Step } from "#core/observations/step.ts";
import { namedPrincipal } from "#core/plan/as-principal.ts";
import type { PlannedCheck } from "#core/plan/plan-checks.ts";
import type { CheckRunParts } from "#core/reporters/assemble.ts";
import { anonymousPrincipal, defaultPrincipal } from "#core/targets/access.ts";
import { createPrincipalStores } from "#node/credentials/principals.ts";
import { createSignRequest } from "#node/credentials/sign-request.ts";
import type { CredentialStore } from "#node/credentials/store.ts";
import { hashing } from "#node/crypto/hashing.ts";
import type { RunFolder } from "#node/files/run-folder.ts";
import { createProbe } from "#node/probe/probe.ts";
import { type Perform, type RunOptions, runChecks } from "#node/probe/run-checks.ts";
import type { Call } from "./command.ts";
import { beginRun, reason } from "./open-run.ts";
import { readAuthority } from "./read-authority.ts";
import { storeMeans } from "./store-means.ts";

/** A plan and all that its carrying out needs. */
export interface Undertaking {
  /** As folders and observations name it. */
  readonly command: string;
  /** Who asks wherever a step names nobody; absent: whoever the config's `credentials` are. */
  readonly principal?: string;
  readonly checks: readonly Check[];
  readonly means: Means;
  readonly store: CredentialStore;
  readonly plan: readonly PlannedCheck[];
  readonly options: Pick<RunOptions, "concurrency" | "onVerdict">;
  onExchange?(exchange: Exchange): void;
}

export interface CarriedOut {
  readonly folder: RunFolder;
  readonly run: CheckRunParts;
  /** Why observations could not all be written; null when they were. */
  readonly lost: string | null;
}

/** The middle of the corridor: a plan is probed and judged, and every observation written as it comes. */
export async function carryOut(call: Call, config: Config, undertaking: Undertaking): Promise<CarriedOut> {
  const { command, principal = defaultPrincipal, checks, means, store, plan, options, onExchange } = undertaking;
  const caPem = await readAuthority(config);
  const others = createPrincipalStores(config, await storeMeans(call, config));
  const begun = await beginRun(call, command, {
    means,
    ...namedPrincipal(principal),
    checks: checks.map(({ id }) => id),
    targets: config.targets.map(saveTarget),
  });
  const { folder, head } = begun;
  const { observe, lost } = observing(folder);
  const probe = createProbe({
    network: config.network,
    caPem,
    allow: config.limits.allow,
    sign: createSignRequest(store, hashing, Date.now, new Map([...others, [principal, store]])),
    now: Date.now,
    signal: call.signal,
  });
  sayStopping(call);
  const perform: Perform = (target, check, steps) => probe.perform(target, check, steps.map(askedBy(principal)));
  const { results, interrupted } = await runChecks(plan, perform, {
    ...options,
    signal: call.signal,
    onExchange(exchange) {
      observe(encodeExchange(exchange));
      onExchange?.(exchange);
    },
  });
  await probe.close();
  const elapsedMs = begun.elapsedMs();
  observe(encodeRunLine({ line: "end", elapsedMs, interrupted }));
  return { folder, run: { results, targets: config.targets, ...head, elapsedMs, interrupted }, lost: await lost() };
}

/** Of `anonymous` nothing is signed, so that there is nothing to say of who would. */
const askedBy =
  (principal: string) =>
  (step: Step): Step =>
    principal === anonymousPrincipal ? step : { ...namedPrincipal(principal), ...step };

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
