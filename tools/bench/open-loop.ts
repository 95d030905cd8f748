// The Node engine's open loop beside others, in turns: what each says of the same server's service times, and how late ours sends.
import { perSecond } from "#core/units.ts";
import { bundleEngine, planOf, root, runOurs } from "./load/ours.ts";
import { findPeers, openLoops, type Times } from "./load/peers.ts";
import { inTurns, median, type Row } from "./load/row.ts";
import { type Server, startStatic } from "./load/server.ts";

const rounds = Number(process.env["ENGINE_ROUNDS"] ?? 3);
const seconds = 4;
const warmupMs = 500;
const durationMs = seconds * 1000 - warmupMs;

interface Seen extends Times {
  readonly lateP50: number;
  readonly lateP99: number;
  /** Cores. */
  readonly cpu: number;
}

const ours = (program: string, port: number, rate: number) => async (): Promise<Seen> => {
  const before = process.cpuUsage();
  const arrival = { kind: "open", rate: perSecond(rate) } as const;
  const { times, counts } = await runOurs(program, planOf({ port, arrival, durationMs, warmupMs }));
  const used = process.cpuUsage(before);
  if (counts.requests !== (rate * durationMs) / 1000) throw new Error(`${counts.requests} requests at ${rate}/s`);
  const at = (histogram: typeof times.service, q: number): number => histogram.quantile(q) ?? Number.NaN;
  return {
    p50: at(times.service, 0.5),
    p99: at(times.service, 0.99),
    lateP50: at(times.late, 0.5),
    lateP99: at(times.late, 0.99),
    cpu: (used.user + used.system) / 1000 / (seconds * 1000),
  };
};

async function benchAt(rate: number, program: string, peers: ReadonlyMap<string, string>, server: Server) {
  const mine: Seen[] = [];
  const run = ours(program, server.port, rate);
  const url = `http://127.0.0.1:${server.port}/orders/0`;
  const seen = await inTurns<Times>(
    {
      ours: async () => {
        const one = await run();
        mine.push(one);
        return one;
      },
      ...openLoops(peers, { url, perSecond: rate, seconds }),
    },
    rounds,
  );
  const at = `${rate.toLocaleString("en-US")}/s`;
  const microseconds = (name: string, values: readonly number[], note: string): Row => ({
    name: `${at}: ${name}`,
    value: median(values) * 1000,
    unit: "µs",
    note,
  });
  return [
    ...[...seen].flatMap(([name, all]) => [
      microseconds(
        `${name}: service p50`,
        all.map(({ p50 }) => p50),
        name === "ours" ? "target: ≤ all others" : "",
      ),
      microseconds(
        `${name}: service p99`,
        all.map(({ p99 }) => p99),
        name === "ours" ? "target: ≤ all others" : "",
      ),
    ]),
    microseconds(
      "lateness p50",
      mine.map(({ lateP50 }) => lateP50),
      "target ≤ 250",
    ),
    microseconds(
      "lateness p99",
      mine.map(({ lateP99 }) => lateP99),
      "",
    ),
    {
      name: `${at}: CPU, start and tally included`,
      value: median(mine.map(({ cpu }) => cpu)),
      unit: "cores",
      note: "",
    },
  ];
}

export async function bench(): Promise<readonly Row[]> {
  const program = await bundleEngine();
  const peers = await findPeers(["vegeta", "k6"]);
  const server = await startStatic(root);
  try {
    return [...(await benchAt(2000, program, peers, server)), ...(await benchAt(10_000, program, peers, server))];
  } finally {
    await server.stop();
  }
}
