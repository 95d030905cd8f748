// Whether memory grows with the load: of this one process, over twenty seconds of a closed loop.
import { bundleEngine, planOf, root, runOurs } from "./load/ours.ts";
import { median, type Row } from "./load/row.ts";
import { startStatic } from "./load/server.ts";

export async function bench(): Promise<readonly Row[]> {
  const program = await bundleEngine();
  const server = await startStatic(root);
  const rss: number[] = [];
  const timer = setInterval(() => rss.push(process.memoryUsage().rss / 1_048_576), 1000);
  try {
    const arrival = { kind: "closed", connections: 10 } as const;
    const { counts } = await runOurs(
      program,
      planOf({ port: server.port, arrival, durationMs: 20_000, warmupMs: 500 }),
    );
    const note = `${counts.requests.toLocaleString("en-US")} requests in 20 s`;
    return [
      { name: "resident memory, seconds 5 to 9", value: median(rss.slice(4, 9)), unit: "MiB", note },
      { name: "resident memory, the last 5 seconds", value: median(rss.slice(-5)), unit: "MiB", note },
    ];
  } finally {
    clearInterval(timer);
    await server.stop();
  }
}
