import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checks } from "#core/checks/index.ts";
import type { Config } from "#core/config/config.ts";
import { planChecks } from "#core/plan/plan-checks.ts";
import type { CheckResult } from "#core/verdicts/check-result.ts";
import { storeMeans } from "#node/cli/store-means.ts";
import { createPrincipalStores } from "#node/credentials/principals.ts";
import { createSignRequest } from "#node/credentials/sign-request.ts";
import { createCredentialStore } from "#node/credentials/store.ts";
import { hashing } from "#node/crypto/hashing.ts";
import { readConfig } from "#node/files/read-config.ts";
import { startLab } from "#node/lab/start-lab.ts";
import { createProbe } from "#node/probe/probe.ts";
import { runChecks } from "#node/probe/run-checks.ts";

export interface LabHere {
  readonly config: Config;
  stop(): Promise<void>;
}

/** A lab in this process, with one fault everywhere it fits, or healthy; and its config, read as a user's would be. */
export async function startLabHere(fault: string | null = null): Promise<LabHere> {
  const directory = await mkdtemp(join(tmpdir(), "pathproof-lab-here-"));
  const faults = fault === null ? [] : [{ name: fault, target: null }];
  const started = await startLab({ timeScale: 1, faults, policies: null, staleReuse: null, directory });
  if (started.kind === "refused") throw new Error(started.message);
  const stop = async (): Promise<void> => {
    await started.lab.stop();
    await rm(directory, { recursive: true, force: true });
  };
  const read = await readConfig(started.lab.configFile, {});
  if (read.kind === "ok") return { config: read.config, stop };
  await stop();
  throw new Error(JSON.stringify(read));
}

/** What is asked of every target without asking for more: those that wait for real timers are only asked by name. */
const usualChecks = checks.filter(({ onRequest }) => onRequest !== true);

/** Those checks, as `pathproof check` carries them out: with credentials and sockets of its own. */
export async function checkHere(config: Config): Promise<readonly CheckResult[]> {
  const { signal } = new AbortController();
  const means = await storeMeans({ signal }, config);
  const store = createCredentialStore(config.credentials, means);
  const { caFile } = config.network;
  const probe = createProbe({
    network: config.network,
    caPem: caFile === null ? null : await readFile(caFile, "utf8"),
    allow: config.limits.allow,
    sign: createSignRequest(store, hashing, Date.now, createPrincipalStores(config, means)),
    now: Date.now,
    signal,
  });
  try {
    const plan = planChecks(config.targets, usualChecks, { credentials: "temporary", endedSession: true });
    return (await runChecks(plan, probe.perform)).results;
  } finally {
    await probe.close();
  }
}

/** What a run says is wrong (`fail`), or that it could not conclude (`inconclusive`). */
export const saidOf = (results: readonly CheckResult[], kind: "fail" | "inconclusive"): readonly string[] =>
  results.flatMap(({ target, check, verdict }) =>
    verdict.kind === kind ? [`${target} ${check}: ${kind}: ${verdict.summary}`] : [],
  );
