import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createSecureServer } from "node:http2";
import type { Socket } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import type { RunReport } from "#core/reporters/run-report.ts";
import { makeAuthority } from "../support/certificates.ts";
import { inFolder, program, runCli } from "../support/cli.ts";
import { portOf } from "../support/listen.ts";

const stops: (() => void)[] = [];
afterAll(() => {
  for (const stop of stops) stop();
});

type End = "fin" | "rst" | "rst-on-next-byte" | "silent";

/** Ends idle connections in one way, after so long. */
async function server(idleMs: number, end: End, requestsMax = Number.POSITIVE_INFINITY): Promise<number> {
  const timers = new WeakMap<Socket, NodeJS.Timeout>();
  const dead = new WeakSet<Socket>();
  const served = new WeakMap<Socket, number>();
  const expire = (socket: Socket): void => {
    if (end === "fin") socket.end();
    else if (end === "rst") socket.resetAndDestroy();
    else dead.add(socket);
  };
  const http = createServer(({ socket }, response) => {
    clearTimeout(timers.get(socket));
    if (dead.has(socket)) {
      if (end === "rst-on-next-byte") socket.resetAndDestroy();
      return;
    }
    const count = (served.get(socket) ?? 0) + 1;
    served.set(socket, count);
    if (count >= requestsMax) response.setHeader("connection", "close");
    response.once("finish", () =>
      timers.set(
        socket,
        setTimeout(() => expire(socket), idleMs),
      ),
    );
    response.end("tea");
  });
  http.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  stops.push(() => {
    http.closeAllConnections();
    http.close();
  });
  const address = http.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function config(folder: string, targets: Readonly<Record<string, string>>): string {
  const file = join(folder, "pathproof.yaml");
  const lines = Object.entries(targets).map(([id, rest]) => `  ${id}: { kind: http, ${rest} }`);
  writeFileSync(file, ["version: 1", "deadlines: { firstByte: 1s }", "targets:", ...lines, ""].join("\n"));
  return file;
}

const at = (port: number): string => `url: "http://127.0.0.1:${port}"`;

async function keepalive(file: string, words: readonly string[]): Promise<{ report: RunReport; code: number | null }> {
  const { code, stdout, stderr } = await runCli(["keepalive", "-c", file, "--json", "--quiet", ...words]);
  if (!stdout.startsWith("{")) throw new Error(`no report on stdout: ${code}\n${stderr}`);
  return { report: JSON.parse(stdout), code };
}

const checkOf = (report: RunReport, target: string, check: string) =>
  report.checks.find((one) => one.target === target && one.check === check);
const idle = "idle-connections-live-as-expected";

test("finds each way in which idle connections end, side by side, and the same again from what was saved", async () => {
  const timers = { fin: 1200, rst: 1500, "rst-on-next-byte": 1700, silent: 2000 } as const;
  const ends = ["fin", "rst", "rst-on-next-byte", "silent"] as const;
  const ports = await Promise.all(ends.map((end) => server(timers[end], end)));
  await inFolder(async (folder) => {
    const file = config(folder, Object.fromEntries(ends.map((end, index) => [end, at(ports[index] ?? 0)])));
    const run = join(folder, "run");
    const { report, code } = await keepalive(file, ["--max-idle", "4s", "--precise", "--out", run]);
    expect(code).toBe(0);
    for (const end of ends) {
      const { measures = {} } = checkOf(report, end, idle) ?? {};
      expect(measures["closeKind"]).toBe(end);
      const truth = timers[end];
      const found = Number(measures["idleMsShortestClosed"]);
      const survived = Number(measures["idleMsLongestSurvived"] ?? 0);
      // Generous: how near it comes is for the bench to say, on a machine that does nothing else.
      expect(found).toBeGreaterThan(truth * 0.9 - 50);
      expect(found).toBeLessThan(truth * 1.2 + 100);
      expect(survived).toBeLessThan(truth + 60);
    }
    expect(report.keepalive?.every(({ advice }) => (advice?.snippets.length ?? 0) > 0)).toBe(true);
    expect(readFileSync(join(run, "advice.md"), "utf8")).toContain("Client settings");
    const snippets = await runCli(["report", run, "--advice", "go,boto3", "--out", join(folder, "advised")]);
    for (const end of ends) expect(snippets.stdout).toContain(`${end}: Go net/http`);
    expect(snippets.stdout).not.toContain("fin: Node");
    const again = await runCli(["report", run, "--json", "--out", join(folder, "again")]);
    const rejudged: RunReport = JSON.parse(again.stdout);
    expect(rejudged.keepalive).toEqual(report.keepalive);
    expect(rejudged.checks.map(({ verdict, summary }) => [verdict, summary])).toEqual(
      report.checks.map(({ verdict, summary }) => [verdict, summary]),
    );
  });
}, 60_000);

test("a timeout shorter than the config says fails, and the remedy has the settings", async () => {
  const port = await server(600, "fin");
  await inFolder(async (folder) => {
    const file = config(folder, { orders: `${at(port)}, timeouts: { idle: 2s }` });
    const { report, code } = await keepalive(file, ["--only", "idle", "--out", join(folder, "run")]);
    const found = checkOf(report, "orders", idle);
    expect(code).toBe(1);
    expect(found?.cause?.code).toBe("idle-shorter-than-expected");
    expect(found?.cause?.remedy).toMatch(/drop idle connections after \d+ ms/);
  });
});

test("age is told from a number of requests, and an announced last answer is seen", async () => {
  const port = await server(5000, "fin", 7);
  await inFolder(async (folder) => {
    const file = config(folder, { orders: at(port) });
    const words = ["--only", "age,requests", "--max-age", "1500ms", "--out", join(folder, "run")];
    const { report, code } = await keepalive(file, words);
    expect(code).toBe(0);
    expect(report.keepalive?.[0]?.requests).toMatchObject([{ answered: 7, end: "announced", byAge: false }]);
    expect(report.keepalive?.[0]?.age).toMatchObject([{ end: "announced", requests: 7, byAge: false }]);
  });
});

test("only what keepalive measured tells what clients should be set to", async () => {
  const port = await server(5000, "fin");
  await inFolder(async (folder) => {
    const file = config(folder, { orders: at(port) });
    const run = join(folder, "run");
    expect((await runCli(["check", "-c", file, "--quiet", "--out", run])).code).toBe(0);
    const asked = await runCli(["report", run, "--advice", "go"]);
    expect([asked.code, asked.stderr]).toEqual([2, expect.stringContaining("this run is one of check")]);
    const two = await runCli(["report", run, run, "--advice", "go"]);
    expect([two.code, two.stderr]).toEqual([2, expect.stringContaining("goes with one saved keepalive run")]);
    const unknown = await runCli(["report", run, "--advice", "perl"]);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("--advice: expected some of")]);
  });
});

test("the PINGs with which an HTTP/2 server keeps its connections awake are shown", async () => {
  const authority = await makeAuthority();
  const server = createSecureServer(await authority.issue({ addresses: ["127.0.0.1"] }));
  server.on("session", (session) => {
    const pinging = setInterval(() => session.ping(() => {}), 300);
    session.on("error", () => {});
    session.once("close", () => clearInterval(pinging));
  });
  server.on("stream", (stream) => {
    stream.respond({ ":status": 200 });
    stream.end("tea");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => server.close());
  await inFolder(async (folder) => {
    const file = join(folder, "pathproof.yaml");
    writeFileSync(join(folder, "ca.pem"), authority.cert);
    writeFileSync(
      file,
      `version: 1\nnetwork: { ca: ./ca.pem }\ntargets: { orders: { kind: http, url: "https://127.0.0.1:${portOf(server)}" } }\n`,
    );
    const words = ["keepalive", "-c", file, "--protocol", "h2", "--only", "idle", "--max-idle", "1500ms"];
    const { stdout, code } = await runCli([...words, "--out", join(folder, "run")]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/127\.0\.0\.1: sent [1-9] HTTP\/2 PINGs? on one connection/);
  });
});

test("Ctrl-C keeps what was measured", async () => {
  const port = await server(300, "fin");
  const endless = await server(60_000, "fin");
  await inFolder(async (folder) => {
    const file = config(folder, { brief: at(port), endless: at(endless) });
    const run = join(folder, "run");
    const { code } = await runCli(["keepalive", "-c", file, "--quiet", "--out", run, "--max-idle", "60s"], {
      started: (child) => setTimeout(() => child.kill("SIGINT"), 4000),
    });
    expect(code).toBe(130);
    const report: RunReport = JSON.parse(readFileSync(join(run, "report.json"), "utf8"));
    expect(checkOf(report, "brief", idle)).toMatchObject({ verdict: "pass", measures: { closeKind: "fin" } });
    expect(report.keepalive?.find(({ target }) => target === "endless")?.idle[0]?.shortestClosedMs).toBeNull();
  });
}, 30_000);

test("a dry run says how many connections and how long, and sends nothing", async () => {
  await inFolder(async (folder) => {
    const file = config(folder, { orders: at(1) });
    const { code, stdout } = await runCli(["keepalive", "-c", file, "--dry-run", "--max-idle", "90s"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /18 connections to each of its addresses \(of 32 at most\), 154 requests at most, silences of up to 90 s/,
    );
    expect(stdout).toMatch(/For each address they cost 0 USD\. Nothing is known of what plain HTTP origins cost\./);
  });
});

test("where this process may not open as many files, it says so before anything is sent", async () => {
  let accepted = 0;
  const http = createServer((_, response) => response.end("tea")).on("connection", () => accepted++);
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  stops.push(() => http.close());
  await inFolder(async (folder) => {
    const file = config(folder, { orders: `url: "http://orders.test:${portOf(http)}"` });
    const pins = Array.from({ length: 300 }, (_, index) => `127.0.${1 + (index >> 8)}.${index & 255}`);
    writeFileSync(file, `${readFileSync(file, "utf8")}network: { resolve: { orders.test: [${pins.join(", ")}] } }\n`);
    const limited = (words: string) => `ulimit -n 200; exec "$0" "$@" ${words}`;
    const ended: unknown = await promisify(execFile)(
      "/bin/sh",
      ["-c", limited("--max-idle 2s --quiet"), process.execPath, program, "keepalive", "-c", file],
      { env: { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent" }, timeout: 30_000 },
    ).catch((error: unknown) => error);
    expect(ended).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/may open 200 files; raise that \(ulimit -n \d+/),
    });
    expect(ended).toMatchObject({ stderr: expect.stringMatching(/^\S+ ?keepalive: (544|576|608) connections/) });
    expect(accepted).toBe(0);
  });
});

test.each([
  [["--max-idle", "90"], "--max-idle: expected a duration from 100ms to 24h"],
  [["--only", "idel"], "--only: expected some of idle, age, requests"],
  [["--only", "age"], "--only age: say with --max-age"],
  [["--advice", "perl"], "--advice: expected some of"],
  [["--protocol", "h2"], "is http://, and h2 is agreed on in the TLS handshake"],
])("%j is refused in one sentence", async (words, sentence) => {
  await inFolder(async (folder) => {
    const { code, stderr } = await runCli(["keepalive", "-c", config(folder, { orders: at(1) }), ...words]);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });
});
