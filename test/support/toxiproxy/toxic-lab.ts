import { labTargets } from "#node/lab/targets.ts";
import { type RunningLab, startLabProcess } from "../cli.ts";
import { portOfTarget, writeLabConfig } from "../lab-config.ts";
import type { Toxic } from "./toxic.ts";
import { startToxiproxy, type Toxiproxy } from "./toxiproxy.ts";

/** A healthy lab, and ways to it on which toxiproxy stands. */
export interface ToxicLab {
  readonly lab: RunningLab;
  readonly toxiproxy: Toxiproxy;
  /** A way of its own to a lab's target, by addresses of its own. @returns a config file for it */
  wayTo(target: string, toxics: readonly Toxic[], over: WayOver): Promise<string>;
  stop(): Promise<void>;
}

export interface WayOver {
  readonly deadlines: Readonly<Record<string, string>>;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** The lab's own network of loopback, and the first of those by which a proxy leads to it. */
const [labNetwork, firstNetwork] = [77, 90];

/** @param program toxiproxy's server */
export async function startToxicLab(program: string): Promise<ToxicLab> {
  const toxiproxy = await startToxiproxy(program);
  const lab = await startLabProcess();
  let network = firstNetwork;
  return {
    lab,
    toxiproxy,
    async wayTo(id, toxics, over) {
      const target = labTargets.find((one) => one.id === id);
      if (target === undefined) throw new Error(`the lab has no ${id}`);
      const port = portOfTarget(lab.config, id);
      const own = network++;
      const addresses: string[] = [];
      for (const upstream of target.addresses) {
        const address = upstream.replace(`127.${labNetwork}.`, `127.${own}.`);
        addresses.push(address);
        await toxiproxy.proxy(address, { listen: `${address}:${port}`, upstream: `${upstream}:${port}` });
        for (const toxic of toxics) await toxiproxy.add(address, toxic);
      }
      const resolve = { [target.hostname]: addresses };
      return writeLabConfig(lab.config, `way-${own}`, { targets: [id], network: { resolve }, ...over });
    },
    async stop() {
      await lab.stop();
      await toxiproxy.stop();
    },
  };
}
