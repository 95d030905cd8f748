import pLimit from "p-limit";
import { faults } from "#node/lab/faults/index.ts";
import { program, startLabProcess } from "../../test/support/cli.ts";
import { healthyNetworks, networkFaults } from "../../test/support/network/faults.ts";
import { whyNoNetwork } from "../../test/support/network/namespaces.ts";
import { raiseSite, type Site } from "../../test/support/network/site.ts";
import { checkAt, deadlines, type Walked, walk } from "../../test/support/network/walk.ts";
import { toxicRows } from "../../test/support/toxiproxy/rows.ts";
import { startToxicLab, type ToxicLab } from "../../test/support/toxiproxy/toxic-lab.ts";
import { toxiproxyProgram } from "../../test/support/toxiproxy/toxiproxy.ts";
import type { Row } from "./signing.ts";

/** `BENCH_SHORT=1`: one fault in so many, and few healthy runs, to see whether the bench itself works. */
const short = process.env["BENCH_SHORT"] !== undefined;
const oneIn = short ? 8 : 1;
const healthyRuns = short ? 9 : 200;
// Mostly waiting for deadlines.
const limit = pLimit(4);

/** Something to walk. */
interface Case {
  readonly name: string;
  /** What must be named first; null: nothing. */
  readonly cause: string | null;
  walk(): Promise<Walked>;
}

interface Told {
  readonly row: Row;
  readonly right: boolean;
}

/**
 * The diagnosis table: what `check` names first for every fault of the lab, of a network of namespaces and of toxiproxy, and what
 * for none.
 */
export async function bench(): Promise<readonly Row[]> {
  const why = whyNoNetwork();
  if (why !== null) throw new Error(`no network can be made: ${why}`);
  const toxiproxy = await toxiproxyProgram();
  if (toxiproxy === null) throw new Error("there is no toxiproxy");
  const [site, toxic] = await Promise.all([raiseSite(program), startToxicLab(toxiproxy)]);
  try {
    const tables = { lab: labCases(), network: networkCases(site), toxiproxy: await toxicCases(toxic) };
    const told: Told[] = [];
    const rows: Row[] = [];
    for (const [where, cases] of Object.entries(tables)) {
      const wrong = cases.filter(({ cause }, index) => cause !== null && index % oneIn === 0);
      const found = await Promise.all(wrong.map((one) => limit(() => tell(where, one))));
      told.push(...found);
      rows.push(counted(`${where}: faults whose cause is named first`, found));
    }
    const healthy = [...tables.network, ...tables.toxiproxy].filter(({ cause }) => cause === null);
    const alarms = await alarmsOf(healthy);
    return [
      ...told.map(({ row }) => row),
      ...rows,
      counted("all faults whose cause is named first", told),
      {
        name: "healthy runs with an alarm",
        value: alarms.length,
        unit: `of ${healthyRuns}`,
        note: alarms.length === 0 ? healthy.map(({ name }) => name).join("; ") : alarms.join("; "),
      },
    ];
  } finally {
    await Promise.all([site.stop(), toxic.stop()]);
  }
}

const counted = (name: string, told: readonly Told[]): Row => ({
  name,
  value: told.filter(({ right }) => right).length,
  unit: `of ${told.length}`,
  note: short ? `a part: one in ${oneIn}` : "",
});

async function tell(where: string, { name, cause, walk: go }: Case): Promise<Told> {
  const { named } = await go();
  const right = named === cause;
  const note = right ? (cause ?? "") : `${named ?? "nothing"} instead of ${cause}`;
  return { right, row: { name: `${where}: ${name}`, value: right ? 1 : 0, unit: "first", note } };
}

const labCases = (): readonly Case[] =>
  faults.map(({ name, cause }) => ({
    name,
    cause,
    async walk() {
      const lab = await startLabProcess(["--fault", name]);
      try {
        return await checkAt([process.execPath], program, lab.config);
      } finally {
        await lab.stop();
      }
    },
  }));

const networkCases = (site: Site): readonly Case[] => [
  ...networkFaults.map((one) => ({ ...one, walk: () => walk({ site, program }, one) })),
  ...healthyNetworks.map((one) => ({ ...one, cause: null, walk: () => walk({ site, program }, one) })),
];

const toxicCases = (toxic: ToxicLab): Promise<readonly Case[]> =>
  Promise.all(
    toxicRows.map(async ({ name, cause, target, toxics }) => {
      const config = await toxic.wayTo(target, toxics, { deadlines });
      return { name, cause, walk: () => checkAt([process.execPath], program, config) };
    }),
  );

/** What was named, or could not be concluded, where nothing is wrong: every healthy case in turn. */
async function alarmsOf(healthy: readonly Case[]): Promise<readonly string[]> {
  const runs = Array.from({ length: healthyRuns }, (_, index) => healthy[index % healthy.length]);
  const seen = await Promise.all(
    runs.map((one) =>
      limit(async () => {
        if (one === undefined) return [];
        const { named, report } = await one.walk();
        const doubtful = report.checks.find(({ verdict }) => verdict === "inconclusive");
        return named === null && doubtful === undefined ? [] : [`${one.name}: ${named ?? doubtful?.summary}`];
      }),
    ),
  );
  return seen.flat();
}
