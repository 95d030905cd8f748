import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ReportedKeepalive } from "#core/reporters/reported-keepalive.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { makeAuthority } from "../support/certificates.ts";
import { runCli } from "../support/cli.ts";
import { portOf } from "../support/listen.ts";
import { type Server, startHaproxy, startNginx } from "../support/servers.ts";
import { findTool } from "../support/tools.ts";

// Servers that end connections for other reasons than silence, by other timers than one would look for, or that announce what
// they do not keep: all of it allowed, and seen in the field.

const [nginx, haproxy] = [findTool("nginx"), findTool("haproxy")];
const folder = mkdtempSync(join(tmpdir(), "pathproof-unusual-"));
const stops: (() => unknown)[] = [];
afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
  rmSync(folder, { recursive: true, force: true });
});

const tea = 'location / { return 200 "tea"; }';
const answer = 'http-request return status 200 content-type text/plain string "tea"';

async function nginxPort(name: string, settings: string, secured = false): Promise<number> {
  const place = join(folder, name);
  mkdirSync(place);
  const tls = `ssl http2; ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem`;
  const block = `server { listen 127.0.0.1:PORT${secured ? ` ${tls}` : ""}; ${settings} ${tea} }`;
  return keep(await startNginx(nginx ?? "", place, block));
}

async function haproxyPort(name: string, settings: readonly string[], secured = false): Promise<number> {
  const place = join(folder, name);
  mkdirSync(place);
  const tls = secured ? ` ssl crt ${folder}/both.pem alpn h2,http/1.1` : "";
  const lines = ["frontend f", `bind 127.0.0.1:PORT${tls}`, ...settings];
  return keep(await startHaproxy(haproxy ?? "", place, lines.join("\n  ")));
}

function keep({ port, stop }: Server): number {
  stops.push(stop);
  return port;
}

/** Says that it keeps connections for a minute, and ends them after a second. */
async function liar(): Promise<number> {
  const server = createServer((_, response) => response.setHeader("keep-alive", "timeout=60").end("tea"));
  server.keepAliveTimeout = 0;
  server.on("connection", (socket) => socket.setTimeout(1000, () => socket.end()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );
  return portOf(server);
}

/** Ends every connection two seconds after it was opened, in whatever state. */
async function brief(): Promise<number> {
  const server = createServer((_, response) => void response.end("tea"));
  server.keepAliveTimeout = 0;
  server.on("connection", (socket) => setTimeout(() => socket.end(), 2000));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );
  return portOf(server);
}

interface Seen {
  readonly keepalive: ReportedKeepalive;
  readonly failed: readonly (string | undefined)[];
  readonly remedy: string;
  readonly text: string;
}

const seen = new Map<string, Seen>();

async function measure(urls: Readonly<Record<string, string>>, words: readonly string[]): Promise<void> {
  const place = mkdtempSync(join(folder, "run-"));
  const file = join(place, "pathproof.yaml");
  const targets = Object.entries(urls).map(([id, url]) => `  ${id}: { kind: http, url: "${url}" }`);
  writeFileSync(file, ["version: 1", "network: { ca: ../ca.pem }", "targets:", ...targets, ""].join("\n"));
  const { stdout } = await runCli(
    ["keepalive", "-c", file, "--max-idle", "4s", "--max-age", "5s", "--out", join(place, "run"), "--json", ...words],
    { withinMs: 120_000 },
  );
  const report: RunReport = JSON.parse(stdout);
  const shown = await runCli(["report", join(place, "run"), "--out", join(place, "again")]);
  for (const keepalive of report.keepalive ?? []) {
    const failed = report.checks.filter(({ target, verdict }) => target === keepalive.target && verdict === "fail");
    const from = shown.stdout.indexOf(`\n${keepalive.target}\n`);
    seen.set(keepalive.target, {
      keepalive,
      failed: failed.map(({ cause }) => cause?.code),
      remedy: failed[0]?.cause?.remedy ?? "",
      text: shown.stdout.slice(from, shown.stdout.indexOf("\n\n", from + 1)),
    });
  }
}

describe.skipIf(nginx === null || haproxy === null)("what is unusual is named for what it is", () => {
  beforeAll(async () => {
    const authority = await makeAuthority();
    const { cert, key } = await authority.issue({ addresses: ["127.0.0.1"] });
    writeFileSync(join(folder, "ca.pem"), authority.cert);
    writeFileSync(join(folder, "cert.pem"), cert);
    writeFileSync(join(folder, "key.pem"), key);
    writeFileSync(join(folder, "both.pem"), `${cert}\n${key}`);
    const http = (port: number): string => `http://127.0.0.1:${port}`;
    const https = (port: number): string => `https://127.0.0.1:${port}`;
    const plain = {
      "nginx-requests": http(await nginxPort("requests", "keepalive_requests 10; keepalive_timeout 10s;")),
      "nginx-time": http(await nginxPort("time", "keepalive_time 2s; keepalive_timeout 10s;")),
      "nginx-modest": http(await nginxPort("modest", "keepalive_timeout 3s 1s;")),
      "haproxy-client": http(
        await haproxyPort("client", ["timeout client 1500ms", "timeout http-keep-alive 10s", answer]),
      ),
      "haproxy-passes-on": http(
        await haproxyPort("passes-on", [
          "timeout client 10s",
          "timeout http-keep-alive 2s",
          "default_backend b",
          "\nbackend b",
          "http-reuse always",
          `server s 127.0.0.1:${await nginxPort("behind", "keepalive_timeout 10s 60s;")}`,
        ]),
      ),
      liar: http(await liar()),
      brief: http(await brief()),
    };
    const multiplexed = {
      "nginx-h2": https(await nginxPort("h2", "keepalive_timeout 2s;", true)),
      "nginx-h2-requests": https(await nginxPort("h2-requests", "keepalive_requests 10; keepalive_timeout 10s;", true)),
      "haproxy-h2": https(
        await haproxyPort("ha-h2", ["timeout client 10s", "timeout http-keep-alive 2s", answer], true),
      ),
    };
    await Promise.all([measure(plain, []), measure(multiplexed, ["--protocol", "h2"])]);
  }, 150_000);

  const of = (id: string): Seen => {
    const one = seen.get(id);
    if (one === undefined) throw new Error(`${id} was not measured`);
    return one;
  };

  test.each(["nginx-requests", "nginx-h2-requests"])("%s: a number of requests, announced, and no age", (id) => {
    const { keepalive, failed, text } = of(id);
    expect(failed).toEqual([]);
    expect(keepalive.requests).toMatchObject([{ answered: 10, end: "announced", byAge: false }]);
    expect(keepalive.age).toMatchObject([{ end: "announced", byAge: false }]);
    expect(keepalive.idle).toMatchObject([{ closeKind: "none" }]);
    expect(keepalive.advice).toMatchObject({
      ageMaxMs: null,
      reasons: expect.arrayContaining([expect.stringContaining("after 10 requests")]),
    });
    expect(text).toContain("ended after 10 requests (announced)");
  });

  test("nginx-time: an age, announced, which silent connections outlive", () => {
    const { keepalive, failed } = of("nginx-time");
    expect(failed).toEqual([]);
    expect(keepalive.age).toMatchObject([{ end: "announced", byAge: true }]);
    expect(keepalive.age[0]?.endedMs).toBeGreaterThan(1900);
    expect(keepalive.idle).toMatchObject([{ closeKind: "none" }]);
    expect(keepalive.advice?.ageMaxMs).toBeLessThan(2500);
    expect(keepalive.advice?.reasons.join()).not.toMatch(/ends after \d+ requests/);
  });

  test.each([
    ["haproxy-client", 1500, "http/1.1"],
    ["haproxy-h2", 2000, "h2"],
    ["nginx-h2", 2000, "h2"],
    ["nginx-modest", 3000, "http/1.1"],
  ])("%s: silence of %d ms", (id, idleMs, protocol) => {
    const { keepalive, failed } = of(id);
    expect(failed).toEqual([]);
    expect(keepalive.idle).toMatchObject([{ closeKind: "fin", exact: true, layer: "l7", protocol }]);
    // How near it comes is for the bench to say.
    expect(Math.abs((keepalive.idle[0]?.shortestClosedMs ?? 0) - idleMs)).toBeLessThan(700);
    expect(keepalive.advice?.idleDropMs).toBeLessThan(idleMs);
    expect(keepalive.requests).toMatchObject([{ answered: 120, end: "none" }]);
  });

  test("HTTP/2 servers say GOAWAY before they close in silence", () => {
    for (const id of ["haproxy-h2", "nginx-h2"]) expect(of(id).keepalive.idle).toMatchObject([{ goaway: true }]);
  });

  test.each([
    ["liar", 1000],
    ["haproxy-passes-on", 2000],
  ])("%s: ends connections long before the minute that it announces", (id, idleMs) => {
    const { keepalive, failed, remedy } = of(id);
    expect(failed).toEqual(["idle-shorter-than-expected"]);
    expect(remedy).toContain("Correct the Keep-Alive header");
    expect(keepalive.idle).toMatchObject([{ closeKind: "fin", hintedMs: 60_000 }]);
    expect(keepalive.advice?.idleDropMs).toBeLessThan(idleMs);
  });

  test("brief: age, whether connections are silent or busy", () => {
    const { keepalive, text } = of("brief");
    expect(keepalive.age).toMatchObject([{ end: "fin", byAge: true }]);
    expect(text.replaceAll(/\s+/g, " ")).toContain("silent connections ended at the age at which busy ones do");
    expect(keepalive.advice?.ageMaxMs).toBeLessThan(2500);
  });
});
