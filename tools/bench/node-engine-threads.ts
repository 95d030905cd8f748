// What a second loading thread brings, and what it could: server and clients share the cores of this machine, so the limit is
// reckoned from the CPU time that one thread's run takes of each, and shown beside what wrk makes of two threads.
import { cpus } from "node:os";
import { bundleEngine, planOf, root, runOurs } from "./load/ours.ts";
import { findPeers, output } from "./load/peers.ts";
import { inTurns, median, type Row, ratio } from "./load/row.ts";
import { cpuSeconds, startEcho } from "./load/server.ts";

const rounds = Number(process.env["ENGINE_ROUNDS"] ?? 5);
const connections = 20;
const warmupMs = 500;
const durationMs = 2500;

export async function bench(): Promise<readonly Row[]> {
  const program = await bundleEngine();
  const wrk = (await findPeers(["wrk"])).get("wrk");
  const server = await startEcho(root);
  const cores = cpus().length;
  const ceilings: number[] = [];
  const ours = (threads: number, signed: boolean) => async () => {
    const arrival = { kind: "closed", connections } as const;
    const requests = signed ? 10_000 : 1;
    const plan = planOf({ port: server.port, arrival, durationMs, warmupMs, signed, requests });
    const before = { server: cpuSeconds(server.pid), client: process.cpuUsage() };
    const { counts } = await runOurs(program, plan, threads);
    const own = process.cpuUsage(before.client);
    const used = cpuSeconds(server.pid) - before.server + (own.user + own.system) / 1e6;
    const rate = (counts.requests / durationMs) * 1000;
    // At this price a request, if nothing but that were to be done on any core.
    if (threads === 1 && signed) ceilings.push((cores * (counts.requests + counts.warmup)) / used / rate);
    return rate;
  };
  const wrkAt = (threads: number) => async () => {
    const url = `http://127.0.0.1:${server.port}/orders/0`;
    const text = await output(wrk ?? "", [`-t${threads}`, `-c${connections}`, "-d3", url]);
    return Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1] ?? Number.NaN);
  };
  try {
    const rates = await inTurns(
      {
        "signed, one thread": ours(1, true),
        "signed, two threads": ours(2, true),
        "unsigned, one thread": ours(1, false),
        "unsigned, two threads": ours(2, false),
        ...(wrk && { "wrk, one thread": wrkAt(1), "wrk, two threads": wrkAt(2) }),
      },
      rounds,
    );
    const note = `closed loop, ${connections} connections, ${server.name}, ${cores} cores for both`;
    const gained = ratio(rates, ["signed, two threads", "signed, one thread"], "target ≥ 1.6 with a free core");
    return [
      ...[...rates].map(([name, values]) => ({ name, value: median(values), unit: "requests/s", note })),
      gained,
      {
        name: "signed: the most that these cores allow",
        value: median(ceilings),
        unit: "×",
        note: "all cores at the CPU time that a request took of client and server with one thread",
      },
      { name: "signed: of that most", value: gained.value / median(ceilings), unit: "×", note: "" },
      ratio(rates, ["unsigned, two threads", "unsigned, one thread"]),
      ...(wrk ? [ratio(rates, ["wrk, two threads", "wrk, one thread"], "C, on the same server")] : []),
    ];
  } finally {
    await server.stop();
  }
}
