// The Node engine's closed loop beside others, in turns, against one static server on loopback: how many requests a thread makes.

import { bundleEngine, planOf, root, runOurs, type Wanted } from "./load/ours.ts";
import { closedLoops, findPeers } from "./load/peers.ts";
import { inTurns, median, type Row, ratio } from "./load/row.ts";
import { type Server, startStatic } from "./load/server.ts";

const rounds = Number(process.env["ENGINE_ROUNDS"] ?? 5);
const connections = 10;
const seconds = 3;
const warmupMs = 500;
const durationMs = seconds * 1000 - warmupMs;
/** So many that the engine keeps no signature for its second: each is signed anew as it is sent. */
const manyRequests = 10_000;

function ours(program: string, { port }: Server): Readonly<Record<string, () => Promise<number>>> {
  const rate =
    (kind: Partial<Wanted>, threads = 1) =>
    async () => {
      const arrival = { kind: "closed", connections } as const;
      const { counts } = await runOurs(program, planOf({ port, arrival, durationMs, warmupMs, ...kind }), threads);
      return (counts.requests / durationMs) * 1000;
    };
  return {
    "one thread": rate({}),
    "signed, repeating": rate({ signed: true }),
    "signed, all different": rate({ signed: true, requests: manyRequests }),
    "unsigned, all different": rate({ requests: manyRequests }),
  };
}

/** What the bench was meant to show, beside what it shows. */
const targets: readonly (readonly [a: string, b: string, target: string])[] = [
  ["one thread", "autocannon 8", "≥ 1.1"],
  ["one thread", "oha", "≥ 0.9"],
  ["one thread", "k6", "≥ 3"],
  ["one thread", "wrk", "none: C"],
  ["signed, repeating", "one thread", "none"],
  ["signed, all different", "unsigned, all different", "≥ 0.8"],
];

export async function bench(): Promise<readonly Row[]> {
  const program = await bundleEngine();
  const peers = await findPeers(["wrk", "oha", "k6"]);
  const server = await startStatic(root);
  try {
    const url = `http://127.0.0.1:${server.port}/orders/0`;
    const contenders = { ...ours(program, server), ...closedLoops(peers, { url, connections, seconds }) };
    const rates = await inTurns(contenders, rounds);
    const note = `closed loop, ${connections} connections, ${server.name}`;
    return [
      ...[...rates].map(([name, values]) => ({ name, value: median(values), unit: "requests/s", note })),
      ...targets.filter(([, b]) => rates.has(b)).map(([a, b, target]) => ratio(rates, [a, b], `target ${target}`)),
    ];
  } finally {
    await server.stop();
  }
}
