import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pLimit from "p-limit";
import { faults } from "#node/lab/faults/index.ts";
import { healthyNetworks, networkFaults } from "../../test/support/network/faults.ts";
import { whyNoNetwork } from "../../test/support/network/namespaces.ts";
import { raiseSite } from "../../test/support/network/site.ts";
import { checkAt, type Walked, walk } from "../../test/support/network/walk.ts";
import type { Row } from "./signing.ts";

const program = fileURLToPath(new URL("../../../../dist/pathproof.mjs", import.meta.url));
const healthyRuns = 200;
// Mostly waiting for deadlines.
const limit = pLimit(4);

/** The diagnosis table: what `check` names first for every fault, of the network and of the lab, and what for none. */
export async function bench(): Promise<readonly Row[]> {
  const why = whyNoNetwork();
  if (why !== null) throw new Error(`no network can be made: ${why}`);
  const site = await raiseSite(program);
  try {
    const walks = await Promise.all(
      networkFaults.map((fault) => limit(async () => ({ ...fault, ...(await walk({ site, program }, fault)) }))),
    );
    const labs = await Promise.all(
      faults.map((fault) => limit(async () => ({ ...fault, ...(await walkLab(fault.name)) }))),
    );
    const alarms = await Promise.all(
      Array.from({ length: healthyRuns }, (_, index) => limit(() => alarmOf(site, index))),
    );
    const told = [...walks.map((one) => tell("network", one)), ...labs.map((one) => tell("lab", one))];
    return [
      ...told,
      {
        name: "faults whose cause is named first",
        value: (100 * told.filter(({ value }) => value === 1).length) / told.length,
        unit: "%",
        note: `of ${told.length}`,
      },
      {
        name: "alarms in healthy runs",
        value: alarms.filter((alarm) => alarm !== null).length,
        unit: `in ${healthyRuns}`,
        note: [...new Set(alarms)].filter((alarm) => alarm !== null).join("; "),
      },
    ];
  } finally {
    await site.stop();
  }
}

const tell = (
  where: string,
  { name, cause, named }: { readonly name: string; readonly cause: string; readonly named: string | null },
): Row => ({
  name: `${where}: ${name}`,
  value: named === cause ? 1 : 0,
  unit: "first",
  note: named === cause ? cause : `${named ?? "nothing"} instead of ${cause}`,
});

async function walkLab(fault: string): Promise<Walked> {
  const lab = spawn(process.execPath, [program, "lab", "--fault", fault], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const [line] = await once(createInterface({ input: lab.stdout }), "line");
    return await checkAt([process.execPath], program, JSON.parse(String(line)).config);
  } finally {
    lab.kill("SIGTERM");
  }
}

/** What was named on a healthy network; null where nothing was. Every kind of network in turn. */
async function alarmOf(site: Awaited<ReturnType<typeof raiseSite>>, index: number): Promise<string | null> {
  const one = healthyNetworks[index % healthyNetworks.length];
  if (one === undefined) return null;
  const { named, report } = await walk({ site, program }, one);
  const doubtful = report.checks.find(({ verdict }) => verdict === "inconclusive");
  return named === null && doubtful === undefined ? null : `${one.name}: ${named ?? doubtful?.summary}`;
}
