import type { Network } from "#core/config/config.ts";
import type { KeepaliveDescription } from "#core/keepalive/describe.ts";
import { narrowMax } from "#core/keepalive/ladder.ts";
import { addressesMax } from "#core/observations/step.ts";
import type { Target } from "#core/targets/target.ts";
import { createNames } from "#node/probe/names.ts";
import { createStop } from "#node/probe/stop.ts";
import { startBudget } from "#node/probe/within.ts";
import { CliError } from "./command.ts";
import { exitCodes } from "./exit-code.ts";
import { openFilesMax } from "./open-files.ts";

export interface Wanted {
  readonly targets: readonly Target[];
  readonly network: Network;
  readonly description: KeepaliveDescription;
  /** Whether a second round may open connections anew, in place of those of the first. */
  readonly precise: boolean;
  readonly signal: AbortSignal;
}

/** What is open beside connections: the program, its report, resolvers. */
const otherFiles = 64;

/**
 * Asks where the names lead, since connections go to each address.
 *
 * @throws CliError where this process may not open as many files as all the connections at the same time take
 */
export async function mustFit({ targets, network, description, precise, signal }: Wanted): Promise<void> {
  const max = await openFilesMax();
  if (max === null) return;
  const stop = createStop(signal);
  const names = createNames(network, stop);
  const counts = await Promise.all(
    targets.map(async (target) => {
      const own = description.targets.find((one) => one.target === target.id)?.connections ?? 0;
      const { addresses } = await names.resolve(target, startBudget(target.deadlines.totalMs, stop), false);
      // Where it leads nowhere, that is found out by one attempt.
      const count = addresses.kind === "got" ? Math.min(addresses.value.length, addressesMax) : 1;
      return count * (precise ? Math.max(own, narrowMax) : own);
    }),
  ).finally(() => stop.stop());
  const connections = counts.reduce((sum, count) => sum + count, 0);
  if (connections + otherFiles <= max) return;
  throw new CliError(
    exitCodes.environment,
    `keepalive: ${connections} connections are to be open at the same time, and this process may open ${max} files; raise that (ulimit -n ${2 * (connections + otherFiles)}), or name fewer targets`,
  );
}
