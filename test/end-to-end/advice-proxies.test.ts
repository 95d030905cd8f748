import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { advise } from "#core/advice/advise.ts";
import { adviceClients } from "#core/advice/index.ts";
import type { Measured } from "#core/advice/measured.ts";
import { ms } from "#core/units.ts";
import { type Asked, adviceFolder, forgetful, host, measuredSnippets, reusedIn, silenceMs } from "../support/advice.ts";
import { envoyProgram, startEnvoy } from "../support/envoy.ts";
import { provideMs } from "../support/provided.ts";
import { freePort, type Server, startNginx } from "../support/servers.ts";
import { findTool } from "../support/tools.ts";

// The snippets for proxies, as they are printed but for where the other side is: in front of it, asked three times for two things
// with a silence in between. Without the line that drops idle connections the same must fail, or the test would show nothing.

const folder = adviceFolder();
const snippets = new Map<string, string>();
beforeAll(async () => {
  for (const [client, code] of await measuredSnippets(folder)) snippets.set(client, code);
}, 60_000);

interface Proxy {
  readonly id: string;
  readonly program: string | null;
  /** The line that matters, in the snippet. */
  readonly drops: RegExp;
  start(program: string, place: string, snippet: string): Promise<Server>;
}

const nginx: Proxy = {
  id: "nginx",
  program: findTool("nginx"),
  drops: /^ *keepalive_timeout .*$/m,
  start: (program, place, snippet) =>
    startNginx(program, place, snippet.replace("server {\n", "server {\n    listen 127.0.0.1:PORT;\n")),
};

/** What a listener of Envoy's needs to pass everything on to the cluster; GETs with the retry that the snippet has in a comment. */
const listener = (port: number, retryPolicy: string): string => `  listeners:
    - address: { socket_address: { address: 127.0.0.1, port_value: ${port} } }
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: front
                http_filters:
                  - name: envoy.filters.http.router
                    typed_config: { "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router }
                route_config:
                  virtual_hosts:
                    - name: all
                      domains: ["*"]
                      routes:
                        - match: { prefix: /, headers: [{ name: ":method", string_match: { exact: GET } }] }
                          route: { cluster: backend, ${retryPolicy} }
                        - match: { prefix: / }
                          route: { cluster: backend }
`;

const envoy: Proxy = {
  id: "envoy",
  program: await envoyProgram(),
  drops: /^ *idle_timeout: .*$/m,
  async start(program, place, snippet) {
    const port = await freePort();
    const retryPolicy = /^# +(retry_policy: .*)$/m.exec(snippet)?.[1] ?? "";
    const own = snippet
      .replace("{ address: localhost,", "{ address: 127.0.0.1,")
      .replace(/filename: [^ ]+/, `filename: ${join(folder, "ca.pem")}`)
      .replace(/^/gm, "  ");
    const config = `static_resources:\n${listener(port, retryPolicy)}${own}`;
    return startEnvoy(program, place, config, port);
  },
};

const nothingMet = {
  closedMs: null,
  exact: false,
  closeKind: "none",
  layer: null,
  requestsMax: null,
  rttMs: null,
} as const satisfies Partial<Measured>;

type Method = "GET" | "POST";

/** Three times two requests through the proxy, in front of a side that forgets idle connections. */
async function asked({ id, program, start }: Proxy, method: Method, snippet: string): Promise<Asked> {
  const place = mkdtempSync(join(folder, `${id}-`));
  let outcome: Asked = { failures: [], reused: 0 };
  await forgetful(async (upstream, before) => {
    const there = snippet
      .replaceAll("backend.internal:443", `${host}:${upstream}`)
      .replaceAll("backend.internal", host)
      .replace("port_value: 443", `port_value: ${upstream}`);
    const proxy = await start(program ?? "", place, there);
    try {
      outcome = { failures: await failuresOf(method, proxy.port), reused: reusedIn(before) };
    } finally {
      await proxy.stop();
    }
  });
  return outcome;
}

/** Those that the proxy answered itself, for want of an answer. */
async function failuresOf(method: Method, port: number): Promise<readonly string[]> {
  const failures: string[] = [];
  for (let round = 0; round < 3; round++) {
    for (let again = 0; again < 2; again++) {
      const answer = await fetch(`http://127.0.0.1:${port}/`, {
        method,
        ...(method === "POST" ? { body: "{}" } : {}),
        signal: AbortSignal.timeout(20_000),
      });
      const text = await answer.text();
      if ([502, 503, 504].includes(answer.status)) failures.push(`${answer.status} ${text}`);
    }
    if (round < 2) await sleep(silenceMs);
  }
  return failures;
}

describe.each([nginx, envoy])("$id", (proxy) => {
  test.skipIf(proxy.program === null)(
    "loses POSTs on stale connections, and none with what is advised",
    async () => {
      const snippet = snippets.get(proxy.id) ?? "";
      const keeping = snippet.replace(proxy.drops, "");
      expect(keeping).not.toBe(snippet);
      const [without, retried, advised] = await Promise.all([
        asked(proxy, "POST", keeping),
        asked(proxy, "GET", keeping),
        asked(proxy, "POST", snippet),
      ]);
      // Those that found a connection from before the silence; nothing else is wrong.
      expect(without.failures.length).toBeGreaterThan(0);
      expect(without.failures.length).toBeLessThanOrEqual(2);
      // What is safe to repeat is repeated, as advised too.
      expect(retried.failures).toEqual([]);
      expect(advised.failures).toEqual([]);
      // Not by keeping nothing.
      expect(advised.reused).toBeGreaterThanOrEqual(3);
    },
    provideMs,
  );

  test.skipIf(proxy.program === null)("is taken with a maximum age, too", async () => {
    const { snippet } = adviceClients.find(({ id }) => id === proxy.id) ?? {};
    const settings = advise({ ...nothingMet, survivedMs: ms(40_000), lifetimeMs: ms(600_000) });
    if (snippet === undefined || settings === null) throw new Error("no snippet");
    const { code } = snippet(settings);
    expect(code).toContain("540");
    const place = mkdtempSync(join(folder, `${proxy.id}-`));
    await (await proxy.start(proxy.program ?? "", place, code.replaceAll("backend.internal", host))).stop();
  });
});
