import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createTcpServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Authority, createAuthority, daysFromNow } from "#node/lab/ca/authority.ts";
import { check } from "../support/cli.ts";
import { type Server, startHaproxy, startNginx } from "../support/servers.ts";
import { findTool } from "../support/tools.ts";

const nginx = findTool("nginx");
const haproxy = findTool("haproxy");
const name = "orders.example.internal";

const folder = mkdtempSync(join(tmpdir(), "pathproof-servers-"));
const servers: { stop(): Promise<void> }[] = [];
let authority: Authority;
let stranger: Authority;

beforeAll(async () => {
  authority = await createAuthority("pathproof test authority");
  stranger = await createAuthority("an authority nobody trusts");
  writeFileSync(join(folder, "ca.pem"), authority.certificatePem);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own with `cert.pem`, `key.pem` and both in `both.pem`. */
async function place(label: string, issuer: Authority, names: [string], days: number): Promise<string> {
  const path = join(folder, label);
  mkdirSync(path, { recursive: true });
  const { certificatePem, keyPem } = await issuer.issue({
    names,
    validFrom: daysFromNow(-30),
    validTo: daysFromNow(days),
  });
  writeFileSync(join(path, "cert.pem"), certificatePem);
  writeFileSync(join(path, "key.pem"), keyPem);
  writeFileSync(join(path, "both.pem"), `${certificatePem}\n${keyPem}`);
  return path;
}

const keep = <T extends Server>(server: T): T => {
  servers.push(server);
  return server;
};

const tlsServer = (path: string, more = ""): string =>
  `server { listen 127.0.0.1:PORT ssl; ssl_certificate ${path}/cert.pem; ssl_certificate_key ${path}/key.pem; ${more}
   location / { return 200 "tea"; } }`;

/** A config with one target at the port, its name pinned to loopback. */
function config(label: string, kind: string, origin: string): string {
  const file = join(folder, `${label}.yaml`);
  writeFileSync(
    file,
    `version: 1
network: { resolve: { ${name}: [127.0.0.1] }, ca: ./ca.pem }
deadlines: { dns: 1s, connect: 1s, tls: 1s, firstByte: 1s, total: 2s }
targets:
  orders: { kind: ${kind}, url: "${origin}", auth: none, request: { path: /orders }, expect: { status: 200, body: tea } }
`,
  );
  return file;
}

/** The cause of the first failed check, or the overall verdict when nothing failed. */
async function firstCause(file: string): Promise<string> {
  const { report, code } = await check(file);
  const failed = report.checks.find(({ verdict }) => verdict === "fail");
  expect(code).toBe(failed === undefined ? 0 : 1);
  return failed?.cause?.code ?? report.verdict;
}

describe.skipIf(nginx === null)("nginx as a target", () => {
  const start = async (
    label: string,
    blocks: (path: string) => string,
    issuer = authority,
    names: [string] = [name],
    days = 90,
  ) => {
    const path = await place(label, issuer, names, days);
    return keep(await startNginx(nginx ?? "", path, blocks(path)));
  };

  test.each(["alb", "http"])("a healthy one passes as %s", async (kind) => {
    const { port } = await start(`healthy-${kind}`, tlsServer);
    expect(await firstCause(config(`healthy-${kind}`, kind, `https://${name}:${port}`))).toBe("pass");
  });

  test("HTTP/2 by ALPN passes", async () => {
    const path = await place("h2", authority, [name], 90);
    const { port } = keep(await startNginx(nginx ?? "", path, tlsServer(path).replace("ssl;", "ssl http2;")));
    const file = config("h2", "http", `https://${name}:${port}`);
    expect(await firstCause(file)).toBe("pass");
  });

  test("an expired certificate", async () => {
    const { port } = await start("expired", tlsServer, authority, [name], -2);
    expect(await firstCause(config("expired", "alb", `https://${name}:${port}`))).toBe("tls-expired");
  });

  test("a certificate for another name", async () => {
    const { port } = await start("other-name", tlsServer, authority, ["payments.example.internal"]);
    expect(await firstCause(config("other-name", "alb", `https://${name}:${port}`))).toBe("tls-name-mismatch");
  });

  test("a certificate of an unknown issuer", async () => {
    const { port } = await start("stranger", tlsServer, stranger);
    expect(await firstCause(config("stranger", "alb", `https://${name}:${port}`))).toBe("tls-untrusted-issuer");
  });

  test("TLS 1.0 only", async () => {
    const old = "ssl_protocols TLSv1; ssl_ciphers DEFAULT@SECLEVEL=0;";
    const { port } = await start("old", (path) => tlsServer(path, old));
    expect(await firstCause(config("old", "alb", `https://${name}:${port}`))).toBe("tls-version-refused");
  });

  test("https to a plain port, and http to a TLS port", async () => {
    const plain = await start("plain", () => 'server { listen 127.0.0.1:PORT; location / { return 200 "tea"; } }');
    expect(await firstCause(config("plain", "http", `https://${name}:${plain.port}`))).toBe("tls-not-spoken");
    const secure = await start("secure", tlsServer);
    expect(await firstCause(config("secure", "http", `http://${name}:${secure.port}`))).toBe("plain-http-to-tls-port");
  });

  test("a dead upstream (its 502), another body and a closing server", async () => {
    const dead = await start("dead", (path) =>
      tlsServer(path).replace('return 200 "tea"', "proxy_pass http://127.0.0.1:9"),
    );
    expect(await firstCause(config("dead", "http", `https://${name}:${dead.port}`))).toBe("target-unreachable");
    const coffee = await start("coffee", (path) => tlsServer(path).replace("tea", "coffee"));
    expect(await firstCause(config("coffee", "http", `https://${name}:${coffee.port}`))).toBe("unexpected-body");
    const closing = await start("closing", (path) => tlsServer(path, "keepalive_timeout 0;"));
    expect(await firstCause(config("closing", "http", `https://${name}:${closing.port}`))).toBe("reuse-refused");
  });
});

describe.skipIf(haproxy === null)("haproxy as a target", () => {
  const frontend = (path: string, rule: string): string =>
    `frontend f\n  bind 127.0.0.1:PORT ssl crt ${path}/both.pem alpn h2,http/1.1\n  ${rule}`;

  test("a healthy one passes as alb", async () => {
    const path = await place("haproxy", authority, [name], 90);
    const answer = 'http-request return status 200 content-type text/plain string "tea"';
    const { port } = keep(await startHaproxy(haproxy ?? "", path, frontend(path, answer)));
    expect(await firstCause(config("haproxy", "alb", `https://${name}:${port}`))).toBe("pass");
  });

  test("one without a server behind it", async () => {
    const path = await place("haproxy-empty", authority, [name], 90);
    const { port } = keep(await startHaproxy(haproxy ?? "", path, `${frontend(path, "default_backend b")}\nbackend b`));
    expect(await firstCause(config("haproxy-empty", "alb", `https://${name}:${port}`))).toBe("unexpected-status");
  });
});

describe("ports that misbehave", () => {
  async function port(onConnection: (socket: Socket) => void): Promise<number> {
    const open = new Set<Socket>();
    const server = createTcpServer((socket) => {
      open.add(socket);
      socket.on("error", () => {});
      onConnection(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    servers.push({
      stop: (): Promise<void> => {
        for (const socket of open) socket.destroy();
        return new Promise<void>((resolve) => void server.close(() => resolve()));
      },
    });
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  const misbehaving: readonly (readonly [string, "http" | "https", () => number | Promise<number>, string])[] = [
    ["closed", "http", () => 1, "tcp-refused"],
    ["resets at once", "http", () => port((socket) => socket.resetAndDestroy()), "tcp-reset"],
    ["never shakes hands", "https", () => port(() => {}), "tls-handshake-timeout"],
    [
      "resets the handshake",
      "https",
      () => port((socket) => socket.once("data", () => socket.resetAndDestroy())),
      "tls-handshake-reset",
    ],
    ["speaks SSH", "http", () => port((socket) => socket.write("SSH-2.0-OpenSSH_9.2\r\n")), "protocol-error"],
    ["says nothing", "http", () => port(() => {}), "response-timeout"],
    [
      "stops in the head",
      "http",
      () => port((socket) => socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\nContent-"))),
      "response-timeout",
    ],
    [
      "stops in the body",
      "http",
      () => port((socket) => socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nte"))),
      "response-timeout",
    ],
    [
      "ends in the body",
      "http",
      () => port((socket) => socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nte"))),
      "response-truncated",
    ],
  ];

  test.each(misbehaving)("one that %s (%s)", async (label, scheme, listen, cause) => {
    const startedAt = Date.now();
    const at = await listen();
    expect(await firstCause(config(label.replaceAll(" ", "-"), "http", `${scheme}://${name}:${at}`))).toBe(cause);
    expect(Date.now() - startedAt).toBeLessThan(25_000);
  });
});
