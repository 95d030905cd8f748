import { execFile } from "node:child_process";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { connected, exchange, get, handshake, secured, watch, withFront } from "../../../support/front.ts";
import { findTool } from "../../../support/tools.ts";

/** What becomes of a SYN within `forMs`. */
const knock = (address: string, port: number, forMs = 2500): Promise<string> =>
  new Promise((done) => {
    const socket = connect({ host: address, port });
    const finish = (what: string): void => {
      clearTimeout(timer);
      socket.destroy();
      done(what);
    };
    const timer = setTimeout(() => finish("timeout"), forMs);
    socket.once("connect", () => finish("connected"));
    socket.once("error", (error) => finish("code" in error ? String(error.code) : error.message));
  });

describe("faults of TCP", () => {
  test("drop: SYNs get no answer for seconds, from nobody, and the port is free again after stop", async () => {
    let dropped = 0;
    await withFront({ effects: { tcp: "drop" } }, async ({ port }, address) => {
      dropped = port;
      expect(await Promise.all([knock(address, port), knock(address, port)])).toEqual(["timeout", "timeout"]);
    });
    expect(await knock("127.0.0.1", dropped)).toBe("ECONNREFUSED");
  });

  test("refuse: nobody listens", () =>
    withFront({ effects: { tcp: "refuse" } }, async ({ port }, address) => {
      expect(await knock(address, port)).toBe("ECONNREFUSED");
    }));

  test("reset: RST before a byte was sent", () =>
    withFront({ effects: { tcp: "reset" } }, async ({ port }, address) => {
      const socket = connect({ host: address, port });
      expect(await watch(socket, null, 3000)).toMatchObject({ text: "", end: "ECONNRESET" });
    }));

  test.each([
    ["one-zone-refuses", "ECONNREFUSED"],
    ["one-zone-drops", "timeout"],
  ] as const)("%s: the second zone only", (tcp, seen) =>
    withFront({ effects: { tcp }, addresses: ["127.91.3.1", "127.91.3.2"] }, async ({ port }) => {
      expect(await knock("127.91.3.1", port)).toBe("connected");
      expect(await knock("127.91.3.2", port)).toBe(seen);
    }),
  );
});

describe("faults of TLS", () => {
  test.each([
    ["wrong-name", "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["unknown-issuer", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ["expired", "CERT_HAS_EXPIRED"],
    ["plain-http", "ERR_SSL_WRONG_VERSION_NUMBER"],
    ["old-version", "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION"],
    ["reset", "ECONNRESET"],
    ["hang", "timeout"],
  ] as const)("%s is seen as %s", (tls, code) =>
    withFront({ scheme: "https", effects: { tls } }, async ({ port }, address) => {
      expect(await handshake(address, port)).toBe(code);
    }),
  );

  test("old-version still speaks TLS 1.0 to those who ask for it", () =>
    withFront({ scheme: "https", effects: { tls: "old-version" } }, async ({ port }, address) => {
      const old = await secured(address, port, {
        minVersion: "TLSv1",
        maxVersion: "TLSv1",
        ciphers: "DEFAULT@SECLEVEL=0",
      });
      expect(old.getProtocol()).toBe("TLSv1");
      old.destroy();
    }));

  test("tls-on-plain-port: TLS works, plain HTTP is turned away as nginx does, or by FIN alone", async () => {
    for (const [toPlainHttp, answer] of [
      ["400", /^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*The plain HTTP request was sent to HTTPS port/],
      ["close", /^$/],
    ] as const)
      await withFront(
        { effects: { tls: "tls-on-plain-port" }, manners: { toPlainHttp } },
        async ({ port }, address) => {
          const seen = await watch(await connected(address, port), get(), 3000);
          expect(seen.end).toBe("fin");
          expect(seen.text).toMatch(answer);
          const socket = await secured(address, port);
          expect(await exchange(socket, get())).toContain("200 OK");
          socket.destroy();
        },
      );
  });

  const openssl = findTool("openssl");
  test.skipIf(openssl === null)("openssl sees TLS 1.2 and 1.3, and a chain that it can verify", () =>
    withFront({ scheme: "https" }, async ({ port }, address) => {
      for (const version of ["-tls1_2", "-tls1_3"]) {
        const child = execFile(openssl ?? "", ["s_client", "-connect", `${address}:${port}`, version, "-brief"]);
        child.stdin?.end();
        let text = "";
        child.stderr?.on("data", (chunk: string) => {
          text += chunk;
        });
        await promisify((done: (error: null) => void) => child.once("close", () => done(null)))();
        expect(text).toMatch(version === "-tls1_2" ? /TLSv1\.2/ : /TLSv1\.3/);
      }
    }),
  );
});

describe("faults of the connection", () => {
  test.each(["http", "https"] as const)("reset-on-reuse over %s: the second request meets RST", (scheme) =>
    withFront({ scheme, effects: { connection: "reset-on-reuse" } }, async ({ port }, address) => {
      const socket = scheme === "http" ? await connected(address, port) : await secured(address, port);
      await exchange(socket, get());
      expect((await watch(socket, null, 300)).end).toBe("timeout");
      expect(await watch(socket, get(), 3000)).toMatchObject({ text: "", end: "ECONNRESET" });
    }),
  );

  test("silent-on-reuse: the second request meets silence, no RST, no FIN", () =>
    withFront({ effects: { connection: "silent-on-reuse" } }, async ({ port }, address) => {
      const socket = await connected(address, port);
      await exchange(socket, get());
      expect(await watch(socket, get(), 1000)).toMatchObject({ text: "", end: "timeout" });
      socket.destroy();
    }));

  test("close-every-time: every answer says so and closes", () =>
    withFront({ effects: { connection: "close-every-time" } }, async ({ port }, address) => {
      const seen = await watch(await connected(address, port), get(), 3000);
      expect(seen.text.toLowerCase()).toContain("connection: close");
      expect(seen.end).toBe("fin");
    }));

  test.each(["http", "https"] as const)(
    "close-unannounced over %s: what is asked at once is lost, then FIN",
    (scheme) =>
      withFront({ scheme, effects: { connection: "close-unannounced" } }, async ({ port }, address) => {
        const socket = scheme === "http" ? await connected(address, port) : await secured(address, port);
        expect((await exchange(socket, get())).toLowerCase()).not.toContain("connection: close");
        expect(await watch(socket, get(), 3000)).toMatchObject({ text: "", end: "fin" });
      }),
  );

  test("no-answer: connected, and nothing", () =>
    withFront({ effects: { connection: "no-answer" } }, async ({ port }, address) => {
      const socket = await connected(address, port);
      expect(await watch(socket, get(), 800)).toMatchObject({ text: "", end: "timeout" });
      socket.destroy();
    }));

  test.each(["http", "https"] as const)("truncate-body over %s: fewer bytes than announced, then FIN", (scheme) =>
    withFront({ scheme, effects: { connection: "truncate-body" } }, async ({ port }, address) => {
      const socket = scheme === "http" ? await connected(address, port) : await secured(address, port);
      const { text, end } = await watch(socket, get(), 3000);
      const announced = Number(/content-length: (\d+)/i.exec(text)?.[1]);
      expect(end).toBe("fin");
      expect(text.length - text.indexOf("\r\n\r\n") - 4).toBeGreaterThan(10);
      expect(text.length - text.indexOf("\r\n\r\n") - 4).toBeLessThan(announced);
    }),
  );

  test("not-http: another protocol answers", () =>
    withFront({ effects: { connection: "not-http" } }, async ({ port }, address) => {
      const seen = await watch(await connected(address, port), get(), 3000);
      expect(seen).toMatchObject({ text: "SSH-2.0-OpenSSH_9.6\r\n", end: "fin" });
    }));

  test("stall-large-bodies: small bodies pass, large ones never get an answer", () =>
    withFront({ effects: { connection: "stall-large-bodies" } }, async ({ port }, address) => {
      const post = (bytes: number): string =>
        `POST / HTTP/1.1\r\nHost: h\r\nContent-Length: ${bytes}\r\n\r\n${"x".repeat(bytes)}`;
      const socket = await connected(address, port);
      expect(await exchange(socket, post(1000))).toContain('"bytes":1000');
      expect(await watch(socket, post(100_000), 1000)).toMatchObject({ text: "", end: "timeout" });
      socket.destroy();
    }));

  test("a stopped front leaves no reply waiting", async () => {
    let stopped = 0;
    await withFront({ app: async () => ({ kind: "hang" }) }, async ({ port }, address) => {
      const socket = await connected(address, port);
      socket.write(get());
      await sleep(100);
      socket
        .once("error", () => {})
        .once("close", () => {
          stopped = performance.now();
        });
    });
    await sleep(100);
    expect(stopped).toBeGreaterThan(0);
  });
});
