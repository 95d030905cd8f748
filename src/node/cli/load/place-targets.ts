import type { Network } from "#core/config/config.ts";
import type { PlacedTarget } from "#core/plan/make-load-plan.ts";
import { isAllowed } from "#core/targets/address-class.ts";
import type { Target } from "#core/targets/target.ts";
import { createNames } from "#node/probe/names.ts";
import { createStop } from "#node/probe/stop.ts";
import { startBudget } from "#node/probe/within.ts";
import { CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";

export interface Surroundings {
  readonly network: Network;
  /** `limits.allow`. */
  readonly allow: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Resolves every target once, with the config's resolver and pins, and lets no load begin at an address that the guard rails
 * do not allow.
 *
 * @throws CliError that names every target that cannot be loaded
 */
export async function placeTargets(targets: readonly Target[], around: Surroundings): Promise<readonly PlacedTarget[]> {
  const stop = createStop(around.signal);
  const names = createNames(around.network, stop);
  try {
    const found = await Promise.all(
      targets.map(async (target) => ({
        target,
        addresses: (await names.resolve(target, startBudget(target.deadlines.totalMs, stop), false)).addresses,
      })),
    );
    const lost = found.flatMap(({ target, addresses }) =>
      addresses.kind === "failed" ? [sayUnresolved(target, addresses.failure.kind)] : [],
    );
    if (around.signal.aborted) throw new CliError(exitCodes.interrupted, "interrupted before anything was sent");
    if (lost.length > 0) throw new CliError(exitCodes.environment, `nothing was sent:\n${lost.join("\n")}`);
    const placed = found.flatMap(({ target, addresses }) =>
      addresses.kind === "got" ? [{ target, addresses: addresses.value }] : [],
    );
    const refused = placed.flatMap((one) => sayRefused(one, around.allow));
    if (refused.length > 0) throw new CliError(exitCodes.usage, `nothing was sent:\n${refused.join("\n")}`);
    return placed;
  } finally {
    stop.stop();
  }
}

function sayUnresolved({ id, origin }: Target, failure: string): string {
  const code = failure === "name-not-found" ? "dns-name-not-found" : "dns-resolver-unreachable";
  const what = failure === "name-not-found" ? "is not known to the resolver" : "could not be resolved";
  return `  ${id}: ${origin.host} ${what} (${code}); \`pathproof check ${id}\` looks closer`;
}

function sayRefused({ target, addresses }: PlacedTarget, allow: readonly string[]): readonly string[] {
  const beyond = addresses.filter((address) => !isAllowed(address, allow, target.kind.privateRanges));
  if (beyond.length === 0) return [];
  return [
    `  ${target.id}: ${target.origin.host} resolves to ${beyond.join(", ")}, which limits.allow (${allow.join(", ")}) does not allow (dns-public-address)`,
  ];
}
