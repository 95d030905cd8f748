import type { Config } from "#core/config/config.ts";
import { ms } from "#core/units.ts";
import { meansOn, type StoreMeans } from "#node/credentials/store.ts";
import { type Way, WayError } from "#node/credentials/way.ts";
import { createNames } from "#node/probe/names.ts";
import { createStop } from "#node/probe/stop.ts";
import { startBudget } from "#node/probe/within.ts";
import type { Call } from "./command.ts";
import { readAuthority } from "./read-authority.ts";

/**
 * How the config's credentials are come by: whoever gives them out over the network is found, trusted and allowed as targets are.
 *
 * @throws CliError for a `network.ca` that cannot be used
 */
export async function storeMeans(call: Pick<Call, "signal">, config: Config): Promise<StoreMeans> {
  const caPem = await readAuthority(config);
  const { region, limits } = config;
  return meansOn({ region, caPem, allow: limits.allow, addressesOf: addressesBy(config, call.signal) });
}

function addressesBy({ network }: Config, signal: AbortSignal): Way["addressesOf"] {
  const stop = createStop(signal);
  const names = createNames(network, stop);
  return async (host, withinMs) => {
    const named = { origin: { host }, pinned: null, deadlines: { dnsMs: ms(withinMs) } };
    const { addresses } = await names.resolve(named, startBudget(ms(withinMs), stop), false);
    if (addresses.kind === "got") return addresses.value;
    const unknown = addresses.failure.kind === "name-not-found";
    throw new WayError(`${host} ${unknown ? "is not known to the resolver" : "could not be resolved"}`);
  };
}
