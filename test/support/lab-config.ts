import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse, stringify } from "yaml";

export interface LabConfigOver {
  /** Of the lab's own. */
  readonly targets: readonly string[];
  readonly network: Readonly<Record<string, unknown>>;
  readonly deadlines: Readonly<Record<string, string>>;
  readonly more?: Readonly<Record<string, unknown>>;
}

/**
 * Writes a config of some of a lab's targets beside its own, for who comes to them by another way than loopback.
 *
 * @param lab the lab's own config file
 */
export function writeLabConfig(
  lab: string,
  name: string,
  { targets, network, deadlines, more }: LabConfigOver,
): string {
  const config: { targets: Record<string, object> } = parse(readFileSync(lab, "utf8"));
  const file = join(dirname(lab), `${name}.yaml`);
  const own = {
    ...config,
    network: { ca: "./ca.pem", ...network },
    // The lab's STS is asked in the clear, which is for loopback only: one principal will do.
    principals: undefined,
    targets: Object.fromEntries(
      targets.map((id) => [id, { ...config.targets[id], access: undefined, policies: undefined }]),
    ),
    loads: undefined,
    compare: undefined,
    deadlines,
    ...more,
  };
  writeFileSync(file, stringify(own, { aliasDuplicateObjects: false }));
  return file;
}

/** The port at which a lab's target listens, by the lab's own config file. */
export function portOfTarget(lab: string, target: string): number {
  const { targets }: { targets: Record<string, { url?: string; endpoint?: string }> } = parse(
    readFileSync(lab, "utf8"),
  );
  const at = targets[target]?.url ?? targets[target]?.endpoint;
  if (at === undefined) throw new Error(`${lab} has no address of ${target}`);
  const { port, protocol } = new URL(at);
  return Number(port) || (protocol === "https:" ? 443 : 80);
}
