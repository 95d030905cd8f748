import type { Config } from "#core/config/config.ts";
import type { CurlWay } from "#core/signing/curl.ts";
import type { Target } from "#core/targets/target.ts";
import { createNames, pinsOf } from "#node/probe/names.ts";
import { createStop } from "#node/probe/stop.ts";
import { startBudget } from "#node/probe/within.ts";
import type { Call } from "./command.ts";

/**
 * What curl must be told to go where `check` goes: the issuers of `network.ca`, and the addresses of names that the system's
 * resolver would answer otherwise. Only resolvers of the config are asked for a name.
 */
export async function wayTo(call: Call, { network }: Config, target: Target): Promise<CurlWay> {
  const { host, port, scheme } = target.origin;
  const caFile = scheme === "https" ? network.caFile : null;
  const known = target.pinned !== null || pinsOf(network, host) !== undefined || network.dns !== null;
  if (!known) return { caFile, resolve: null };
  const stop = createStop(call.signal);
  try {
    const budget = startBudget(target.deadlines.totalMs, stop);
    const { addresses, dnsMs } = await createNames(network, stop).resolve(target, budget, false);
    if (addresses.kind === "got") {
      // A literal address is in the URL already.
      const literal = dnsMs === null && addresses.value.length === 1 && addresses.value[0] === host;
      return { caFile, resolve: literal ? null : { host, port, addresses: addresses.value } };
    }
    call.terminal.err(
      `pathproof: ${host} could not be resolved by network.dns, so the command leaves that to the system; \`pathproof check ${target.id}\` looks closer\n`,
    );
    return { caFile, resolve: null };
  } finally {
    stop.stop();
  }
}
