import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { RunReport } from "#core/reporters/run-report.ts";
import { runCli } from "../support/cli.ts";
import {
  idleApache,
  idleGo,
  idleHaproxy,
  idleNginx,
  idleNode,
  plainIdle,
  type StartIdle,
} from "../support/idle-servers.ts";
import { findTool } from "../support/tools.ts";

const folder = mkdtempSync(join(tmpdir(), "pathproof-idle-"));
const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
  rmSync(folder, { recursive: true, force: true });
});

const servers: readonly (readonly [id: string, program: string | null, start: StartIdle, idleMs: number])[] = [
  ["nginx", findTool("nginx"), idleNginx, 2000],
  ["haproxy", findTool("haproxy"), idleHaproxy, 1500],
  ["apache", findTool("apache2"), idleApache, 3000],
  ["node", process.execPath, idleNode, 1200],
  ["go", findTool("go"), idleGo, 2500],
];

test("finds the idle timeouts of nginx, haproxy, Apache, Node and Go, all at the same time", async () => {
  const running = await Promise.all(
    servers.flatMap(([id, program, start, idleMs]) => {
      if (program === null) return [];
      mkdirSync(join(folder, id), { recursive: true });
      return [start(program, join(folder, id), idleMs).then(({ port, stop }) => ({ id, port, stop }))];
    }),
  );
  stops.push(...running.map(({ stop }) => stop));
  const file = join(folder, "pathproof.yaml");
  const targets = running.map(({ id, port }) => `  ${id}: { kind: http, url: "http://127.0.0.1:${port}" }`);
  writeFileSync(file, ["version: 1", "targets:", ...targets, ""].join("\n"));
  const words = ["keepalive", "-c", file, "--max-idle", "6s", "--only", "idle,requests", "--json", "--quiet"];
  const [ended, ...truths] = await Promise.all([
    runCli([...words, "--out", join(folder, "run")]),
    ...running.map(async ({ id, port }) => [id, await plainIdle(port, 15_000)] as const),
  ]);
  const report: RunReport = JSON.parse(ended.stdout);
  for (const [id, truth] of truths) {
    const found = report.keepalive?.find(({ target }) => target === id)?.idle[0];
    expect([id, found?.closeKind, found?.exact]).toEqual([id, "fin", true]);
    // A plain socket of this test saw the same, as near as two busy event loops can say.
    expect(Math.abs((found?.shortestClosedMs ?? 0) - (truth ?? 0))).toBeLessThan(500);
  }
  // nginx serves 1000 requests on a connection unless told otherwise, Apache 100, and says so.
  const requests = report.keepalive?.find(({ target }) => target === "apache")?.requests;
  if (running.some(({ id }) => id === "apache")) expect(requests).toMatchObject([{ answered: 101, end: "announced" }]);
}, 300_000);
