import { execFile } from "node:child_process";
import { readFile, stat, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { createSecureServer as createHttp2Server } from "node:http2";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer, type Server } from "node:net";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { credentialKey, noSessionToken, servedVariable } from "#core/plan/credential-keys.ts";
import { createHistogram } from "#core/statistics/histogram.ts";
import type { Sample } from "#core/statistics/sample.ts";
import { ms } from "#core/units.ts";
import { createCsvSamples } from "#node/load/csv-samples.ts";
import { inspectScenario } from "#node/load/inspect-scenario.ts";
import type { K6Binary } from "#node/load/k6-binary/k6-binary.ts";
import { makeAuthority } from "../../support/certificates.ts";
import {
  k6BuildMs,
  loadPlan,
  plannedTarget,
  realK6,
  runScript,
  scriptFile,
  temporaryFolder,
} from "../../support/k6.ts";
import { listenHttp, listenRaw, listenTls, portOf } from "../../support/listen.ts";

const found: { k6: K6Binary | null } = { k6: null };
beforeAll(async () => {
  found.k6 = await realK6();
}, k6BuildMs);

const k6Test = (name: string, work: (k6: K6Binary) => Promise<void>): void =>
  test(name, { timeout: 90_000 }, async ({ skip }) => {
    if (found.k6 === null) return skip("there is no k6");
    await work(found.k6);
  });

/** Open loop, each request tagged and marked as `src/k6` does. */
const openLoop = (port: number, { rate = 100, seconds = 2, vus = 10, extra = "" } = {}): string => `
import http from "k6/http";
import exec from "k6/execution";
export const options = { scenarios: { a: { executor: "constant-arrival-rate", rate: ${rate}, timeUnit: "1s",
  duration: "${seconds}s", preAllocatedVUs: ${vus}, tags: { target: "only" } } } };
export default function () {
  exec.vu.metrics.metadata.due = String(exec.scenario.startTime + exec.scenario.iterationInTest * ${1000 / rate});
  const response = http.get("http://127.0.0.1:${port}/", { tags: { name: "main", phase: "measured" } });
  ${extra}
}`;

/** A fixed number of requests, one after the other on one connection. */
const inTurn = (port: number, count: number, rest = ""): string => `
import http from "k6/http";
import { sleep } from "k6";
export const options = { vus: 1, iterations: ${count} };
export default function () { http.get("http://127.0.0.1:${port}/", { tags: { name: "main" } }); ${rest} }`;

describe("a load in k6", () => {
  k6Test("hands over exactly one sample for each request that the server saw", async (k6) => {
    let seen = 0;
    const { port } = await listenHttp((_request, response) => {
      seen += 1;
      response.end("hello");
    });
    const { outcome, samples, warnings } = await runScript(
      k6,
      openLoop(port, { vus: 50 }),
      loadPlan([plannedTarget("only", port)]),
    );
    expect(outcome.kind, JSON.stringify(outcome)).toBe("finished");
    expect(warnings).toEqual([]);
    expect(samples).toHaveLength(seen);
    expect(seen).toBeGreaterThan(150);
    expect(samples.every(({ failure, target }) => failure === null && target === "only")).toBe(true);
    const opened = samples.filter(({ connectMs }) => connectMs !== null);
    expect(opened.length).toBeGreaterThanOrEqual(1);
    expect(opened.length).toBeLessThanOrEqual(50);
    expect(samples.filter(({ reusedSocket }) => reusedSocket)).toHaveLength(seen - opened.length);
    expect(samples.filter(({ couldReuse }) => !couldReuse)).toHaveLength(opened.length);
    for (const { serviceMs, responseMs } of samples) {
      expect(serviceMs).toBeGreaterThan(0);
      expect(responseMs ?? 0).toBeGreaterThanOrEqual(serviceMs ?? 0);
    }
  });

  k6Test("gives the quantiles that k6's own summary gives of the same run, to three digits", async (k6) => {
    const { port } = await listenHttp((_request, response) => {
      setTimeout(() => response.end("hello"), 2 + Math.random() * 20);
    });
    const folder = await temporaryFolder();
    const [rows, summary] = [join(folder, "rows.csv"), join(folder, "summary.json")];
    // k6 by itself: under pathproof it keeps no summary.
    const script = await scriptFile(`
      import http from "k6/http";
      export const options = { scenarios: { a: { executor: "constant-arrival-rate", rate: 600, duration: "5s", preAllocatedVUs: 60 } },
        systemTags: ["status", "vu", "ip", "expected_response", "error_code", "error"],
        summaryTrendStats: ["count", "p(50)", "p(90)", "p(95)", "p(99)"] };
      export default function () { http.get("http://127.0.0.1:${port}/", { tags: { name: "main" } }); }
      export const handleSummary = (data) => ({ ${JSON.stringify(summary)}: JSON.stringify(data.metrics.http_req_duration.values) });`);
    const env = { K6_CSV_TIME_FORMAT: "unix_micro", K6_NO_USAGE_REPORT: "true", HOME: folder };
    await promisify(execFile)(k6.path, ["run", "-q", `--out=csv=${rows}`, script], { env, timeout: 60_000 });

    const histogram = createHistogram();
    const reader = createCsvSamples(loadPlan([plannedTarget("only", port)]), {
      sample: ({ serviceMs }) => histogram.record(serviceMs ?? ms(0)),
      ended: () => undefined,
      dropped: () => undefined,
    });
    reader.push(await readFile(rows));
    reader.end();
    const theirs: Readonly<Record<string, number>> = JSON.parse(await readFile(summary, "utf8"));
    expect(histogram.count).toBe(theirs["count"]);
    for (const percent of [50, 90, 95, 99]) {
      const [ours, exact] = [histogram.quantile(percent / 100) ?? 0, theirs[`p(${percent})`] ?? 0];
      // 0.1 % of the histogram, and as much again since k6 goes half-way between two neighbours.
      expect(Math.abs(ours - exact) / exact, `p${percent}: ${ours} and ${exact}`).toBeLessThan(0.002);
    }
  });

  k6Test("counts a stall against every request that was due in it", async (k6) => {
    const began = Date.now();
    const { port } = await listenHttp((_request, response) => {
      const inStall = Date.now() - began;
      // From 1.2 to 1.7 s nothing is answered.
      const wait = inStall > 1200 && inStall < 1700 ? 1700 - inStall : 0;
      setTimeout(() => response.end("hello"), wait);
    });
    const { samples, dropped } = await runScript(
      k6,
      openLoop(port, { rate: 100, seconds: 3, vus: 2 }),
      loadPlan([plannedTarget("only", port)]),
    );
    const missed = dropped.reduce((sum, { count }) => sum + count, 0);
    // Two VUs hang in the stall; what was due meanwhile was never sent, and is told as dropped.
    expect(missed).toBeGreaterThan(20);
    expect(samples.length + missed).toBeGreaterThanOrEqual(295);
    expect(dropped.every(({ target, phase }) => target === "only" && phase === "measured")).toBe(true);
    expect(Math.max(...samples.map(({ responseMs }) => responseMs ?? 0))).toBeGreaterThan(200);
  });

  k6Test("is stopped by the signal, keeps what was measured and says that it was interrupted", async (k6) => {
    const { port } = await listenHttp((_request, response) => response.end("hello"));
    const abort = new AbortController();
    const { outcome, samples } = await runScript(
      k6,
      openLoop(port, { seconds: 60 }),
      loadPlan([plannedTarget("only", port)], { durationMs: ms(60_000) }),
      { signal: abort.signal, onStarted: () => setTimeout(() => abort.abort(), 2500) },
    );
    expect(outcome.kind).toBe("interrupted");
    expect(samples.length).toBeGreaterThan(20);
  });

  k6Test("killed from outside, is told as failed, and what had been measured is kept", async (k6) => {
    const { port } = await listenHttp((_request, response) => response.end("hello"));
    const { outcome, samples } = await runScript(
      k6,
      openLoop(port, { seconds: 60 }),
      loadPlan([plannedTarget("only", port)], { durationMs: ms(60_000) }),
      { onStarted: (pid) => setTimeout(() => process.kill(pid, "SIGKILL"), 3000) },
    );
    if (outcome.kind !== "failed") throw new Error(`it ${outcome.kind}`);
    expect(outcome.message).toContain("killed by SIGKILL");
    expect(outcome.facts.exitCode).toBeNull();
    expect(outcome.facts.samples).toBe(samples.length);
    expect(samples.length).toBeGreaterThan(20);
  });

  k6Test("whose script cannot be read is told as not started, with what k6 said", async (k6) => {
    const { outcome, samples } = await runScript(
      k6,
      `import http from "k6/http"; throw new Error("no such luck"); export default function () {}`,
      loadPlan([plannedTarget("only", 1)]),
    );
    if (outcome.kind !== "not-started") throw new Error(`it ${outcome.kind}`);
    expect(outcome.message).toContain("no such luck");
    expect(outcome.message).toContain("107");
    expect(samples).toEqual([]);
  });

  k6Test("of a program that is not there is told as not started", async (k6) => {
    const { outcome } = await runScript({ ...k6, path: "/nowhere/k6" }, "", loadPlan([plannedTarget("only", 1)]));
    if (outcome.kind !== "not-started") throw new Error(`it ${outcome.kind}`);
    expect(outcome.message).toContain("/nowhere/k6");
  });

  k6Test("whose script hangs before the first row ends at the start deadline", async (k6) => {
    const { outcome } = await runScript(
      k6,
      `for (;;) {} export default function () {}`,
      loadPlan([plannedTarget("only", 1)]),
      { startDeadlineMs: ms(1500), stopDeadlineMs: ms(1500) },
    );
    if (outcome.kind !== "not-started") throw new Error(`it ${outcome.kind}`);
    expect(outcome.message).toContain("wrote nothing within");
  });

  k6Test("counts the iterations that threw, though k6 itself calls the run a success", async (k6) => {
    const { port } = await listenHttp((_request, response) => response.end("hello"));
    const { outcome, samples, warnings } = await runScript(
      k6,
      inTurn(port, 12, `if (__ITER % 3 === 0) throw new Error("a mistake of the script");`),
      loadPlan([plannedTarget("only", port)]),
    );
    if (outcome.kind !== "finished") throw new Error(`it ${outcome.kind}`);
    expect(outcome.facts).toMatchObject({ exitCode: 0, iterations: 12, thrown: 4, samples: 12 });
    expect(outcome.facts.firstException).toContain("a mistake of the script");
    expect(samples).toHaveLength(12);
    expect(warnings.filter((line) => line.includes("a mistake of the script"))).toHaveLength(1);
  });

  k6Test("goes on without loss when its samples are taken slowly", async (k6) => {
    let seen = 0;
    const { port } = await listenHttp((_request, response) => {
      seen += 1;
      response.end("hello");
    });
    let taken = 0;
    // The server shares this process: it is slow too, but k6 is never waited for.
    const slowly = (): void => {
      const until = performance.now() + 5;
      while (performance.now() < until);
      taken += 1;
    };
    const { outcome } = await runScript(
      k6,
      openLoop(port, { rate: 300, seconds: 2, vus: 50 }),
      loadPlan([plannedTarget("only", port)]),
      { sink: { sample: slowly, ended: () => undefined, dropped: () => undefined, warning: () => undefined } },
    );
    expect(outcome.kind, JSON.stringify(outcome)).toBe("finished");
    expect(taken).toBe(seen);
  });

  k6Test("ends when its samples can no longer be taken, and says why", async (k6) => {
    const { port } = await listenHttp((_request, response) => response.end("hello"));
    let taken = 0;
    const { outcome } = await runScript(
      k6,
      openLoop(port, { seconds: 60 }),
      loadPlan([plannedTarget("only", port)], { durationMs: ms(60_000) }),
      {
        sink: {
          sample() {
            taken += 1;
            if (taken > 20) throw new Error("ENOSPC: no space left on device");
          },
          ended: () => undefined,
          dropped: () => undefined,
          warning: () => undefined,
        },
      },
    );
    if (outcome.kind !== "failed") throw new Error(`it ${outcome.kind}`);
    expect(outcome.message).toContain("no space left");
  });

  k6Test("that a script of the user's runs is stopped with it", async (k6) => {
    const { port } = await listenHttp((_request, response) => response.end("hello"));
    const wrapper = join(await temporaryFolder(), "k6");
    // Not `exec`: the shell stays, and k6 is its child.
    await writeFile(wrapper, `#!/bin/sh\n${k6.path} "$@"\nexit $?\n`, { mode: 0o755 });
    const stop = new AbortController();
    const seen: Sample[] = [];
    const { outcome } = await runScript(
      { ...k6, path: wrapper },
      openLoop(port, { seconds: 300 }),
      loadPlan([plannedTarget("only", port)], { durationMs: ms(300_000) }),
      {
        signal: stop.signal,
        sink: {
          sample(sample) {
            seen.push(sample);
            if (seen.length === 5) stop.abort();
          },
          ended: () => undefined,
          dropped: () => undefined,
          warning: () => undefined,
        },
      },
    );
    expect(outcome.kind, JSON.stringify(outcome)).toBe("interrupted");
    expect(seen.length).toBeGreaterThanOrEqual(5);
  });

  k6Test("names failures as the catalogue does", async (k6) => {
    const { port } = await listenRaw((socket, index) => {
      socket.on("data", () => {
        if (index % 4 === 0)
          socket.end("HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        if (index % 4 === 1) socket.resetAndDestroy();
        if (index % 4 === 2) socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort");
      });
    });
    const { outcome, samples } = await runScript(
      k6,
      `import http from "k6/http";
       export const options = { vus: 1, iterations: 4 };
       export default function () {
         http.post("http://127.0.0.1:${port}/", "body", { timeout: "500ms", tags: { name: "main" } });
         if (__ITER === 3) http.post("http://127.0.0.1:1/", "body", { tags: { name: "main" } });
       }`,
      loadPlan([plannedTarget("only", port)]),
    );
    expect(outcome.kind, JSON.stringify(outcome)).toBe("finished");
    expect(samples.map(({ failure }) => failure)).toEqual([
      "throttled",
      "response-truncated",
      "response-truncated",
      "response-timeout",
      "tcp-refused",
    ]);
    expect(samples.every(({ serviceMs, responseMs }) => serviceMs === null && responseMs === null)).toBe(true);
  });

  k6Test("takes a script's own verdict on an answer over k6's", async (k6) => {
    const { port } = await listenHttp((_request, response) => response.end("hello"));
    const { samples } = await runScript(
      k6,
      `import http from "k6/http";
       import { Counter } from "k6/metrics";
       const failed = new Counter("pathproof_failed");
       export const options = { vus: 1, iterations: 3 };
       export default function () {
         http.get("http://127.0.0.1:${port}/", { tags: { target: "only", name: "a, quoted \\"name\\"" } });
         if (__ITER === 1) failed.add(1, { target: "only", failure: "function-error" });
       }`,
      loadPlan([plannedTarget("only", port), plannedTarget("other", port)]),
    );
    expect(samples.map(({ failure }) => failure)).toEqual([null, "function-error", null]);
  });

  k6Test(
    "never sees our secrets in its arguments, its environment or its plan; serves them as secrets, refreshed",
    async (k6) => {
      const { port } = await listenHttp((request, response) => response.end(String(request.headers["x-seen"] ?? "")));
      const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYTESTSECRET";
      let session = 0;
      const argv: string[] = [];
      const fileModes: number[] = [];
      process.env["AWS_SECRET_ACCESS_KEY"] = secret;
      onTestFinished(() => {
        delete process.env["AWS_SECRET_ACCESS_KEY"];
      });
      const { outcome, warnings } = await runScript(
        k6,
        `import secrets from "k6/secrets";
       import { sleep } from "k6";
       export const options = { vus: 1, iterations: 3 };
       const key = ${credentialKey.toString()};
       export default async function () {
         const now = Date.now();
         const secret = await secrets.get(key("secret-access-key", now, 1000));
         const token = await secrets.get(key("session-token", now, 1000));
         const id = await secrets.get(key("access-key-id", now, 1000));
         console.warn("lengths " + secret.length + " " + (token === "${noSessionToken}") + " " + __ENV.${servedVariable});
         console.warn("the id " + id + " and the secret " + secret + " and env " + JSON.stringify(__ENV));
         sleep(1.1);
       }`,
        loadPlan([plannedTarget("only", port)]),
        {
          credentialSlotMs: 1000,
          credentials: async () => {
            session += 1;
            return {
              kind: "ok",
              credentials: { accessKeyId: `AKIDSESSION${session}`, secretAccessKey: secret, sessionToken: null },
            };
          },
          onStarted: (pid) => {
            if (process.platform !== "linux") return;
            setTimeout(async () => {
              argv.push(await readFile(`/proc/${pid}/cmdline`, "utf8"), await readFile(`/proc/${pid}/environ`, "utf8"));
              const file = /config=([^\0]+)/.exec(argv[0] ?? "")?.[1] ?? "";
              fileModes.push((await stat(file)).mode & 0o777);
            }, 1500);
          },
        },
      );
      expect(outcome.kind, JSON.stringify(outcome)).toBe("finished");
      expect(session).toBe(3);
      expect(warnings.join("\n")).toContain("lengths 40 true 1");
      expect(warnings.join("\n")).toContain("SECRET_REDACTED");
      expect([...warnings, ...argv].join("\n")).not.toContain(secret);
      expect([...warnings, ...argv].join("\n")).not.toContain("Bearer");
      if (process.platform !== "linux") return;
      const [commandLine = ""] = argv;
      const secretsFile = /config=([^\0]+)/.exec(commandLine)?.[1];
      expect(secretsFile).toContain("secrets.json");
      expect(fileModes).toEqual([0o600]);
      // Nothing of the run is left behind, its bearer token least of all.
      await expect(stat(dirname(secretsFile ?? ""))).rejects.toThrow("ENOENT");
    },
  );
});

describe("the HTTP version of a load in k6", () => {
  const startBoth = async () => {
    const authority = await makeAuthority();
    const identity = await authority.issue({ addresses: ["127.0.0.1"] });
    const caFile = join(await temporaryFolder(), "ca.pem");
    await writeFile(caFile, authority.cert);
    const versions = new Set<string>();
    const serve = async (server: Server): Promise<number> => {
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      onTestFinished(() => void server.close());
      return portOf(server);
    };
    const answer: RequestListener = ({ httpVersion }, response) => {
      versions.add(httpVersion);
      response.end("hello");
    };
    const both = createHttp2Server({ ...identity, allowHTTP1: true }, (request, response) => {
      versions.add(request.httpVersion);
      response.end("hello");
    });
    return { caFile, versions, both: await serve(both), old: await serve(createHttpsServer(identity, answer)) };
  };
  const over = (port: number, protocol: "http/1.1" | "h2") =>
    loadPlan([plannedTarget("only", port, { origin: `https://127.0.0.1:${port}`, protocol })]);
  const script = (port: number): string => inTurn(port, 10).replace("http://", "https://");

  k6Test("is the one that its target asks for, of a server that speaks both", async (k6) => {
    const { both, caFile, versions } = await startBoth();
    const first = await runScript(k6, script(both), over(both, "http/1.1"), { caFile });
    expect(first.samples.map(({ failure }) => failure)).toEqual(Array(10).fill(null));
    expect([...versions]).toEqual(["1.1"]);
    versions.clear();
    const second = await runScript(k6, script(both), over(both, "h2"), { caFile });
    expect(second.samples.map(({ failure }) => failure)).toEqual(Array(10).fill(null));
    expect([...versions]).toEqual(["2.0"]);
  });

  k6Test("is a failure where the server does not agree to it", async (k6) => {
    const { old, caFile } = await startBoth();
    const { samples } = await runScript(k6, script(old), over(old, "h2"), { caFile });
    expect(samples.map(({ failure }) => failure)).toEqual(Array(10).fill("protocol-error"));
  });

  k6Test("cannot be two in one load, and says so before anything is sent", async (k6) => {
    const at = (id: string, protocol: "http/1.1" | "h2") =>
      plannedTarget(id, 1, { origin: "https://127.0.0.1:1", protocol });
    const plan = loadPlan([at("new", "h2"), at("old", "http/1.1")]);
    expect(await inspectScenario(k6, await scriptFile(inTurn(1, 1)), plan)).toEqual({
      kind: "refused",
      message: expect.stringContaining("new asks for h2 while old asks for http/1.1"),
    });
  });
});

describe("silent retries", () => {
  /** Closes each connection when a second request comes on it, without answering that. */
  const dyingOnReuse = async (): Promise<{ readonly port: number; readonly hits: () => number }> => {
    let hits = 0;
    const { port } = await listenRaw((socket) => {
      let served = 0;
      socket.on("data", () => {
        hits += 1;
        served += 1;
        if (served > 1) socket.destroy();
        else socket.write("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello");
      });
    });
    return { port, hits: () => hits };
  };

  k6Test("are suspected at a server that dies on reuse, nearly all of them", async (k6) => {
    const { port, hits } = await dyingOnReuse();
    const { samples } = await runScript(
      k6,
      inTurn(port, 200, "sleep(0.005);"),
      loadPlan([plannedTarget("only", port)]),
    );
    const truly = hits() - 200;
    expect(truly).toBeGreaterThan(150);
    const suspected = samples.filter(({ suspectedRetry }) => suspectedRetry).length;
    expect(suspected / truly).toBeGreaterThanOrEqual(0.95);
    expect(suspected).toBeLessThanOrEqual(truly);
  });

  k6Test("are suspected behind TLS too, whose issuer k6 is told to trust", async (k6) => {
    const authority = await makeAuthority();
    const identity = await authority.issue({ addresses: ["127.0.0.1"] });
    let hits = 0;
    const { port } = await listenTls(identity, (socket) => {
      let served = 0;
      socket.on("data", () => {
        hits += 1;
        served += 1;
        // Two are served on each connection: some of the reuse is healthy.
        if (served > 2) socket.destroy();
        else socket.write("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello");
      });
    });
    const caFile = join(await temporaryFolder(), "ca.pem");
    await writeFile(caFile, authority.cert);
    const { samples, warnings } = await runScript(
      k6,
      inTurn(port, 120, "sleep(0.005);").replace("http://", "https://"),
      loadPlan([plannedTarget("only", port, { origin: `https://127.0.0.1:${port}` })]),
      { caFile },
    );
    expect(warnings).toEqual([]);
    const truly = hits - 120;
    expect(truly).toBeGreaterThan(40);
    const suspected = samples.filter(({ suspectedRetry }) => suspectedRetry).length;
    expect(suspected / truly).toBeGreaterThanOrEqual(0.95);
    expect(suspected).toBeLessThanOrEqual(truly);
  });

  k6Test("are not suspected at a healthy server", async (k6) => {
    const server = createServer((_request, response) => response.end("hello"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { samples } = await runScript(
      k6,
      inTurn(portOf(server), 400, "sleep(0.003);"),
      loadPlan([plannedTarget("only", 1)]),
    );
    expect(samples).toHaveLength(400);
    expect(samples.filter(({ reusedSocket }) => reusedSocket).length).toBeGreaterThan(390);
    expect(samples.filter(({ suspectedRetry }) => suspectedRetry)).toEqual([]);
  });

  k6Test("do not happen to a POST: the dead connection shows as stale", async (k6) => {
    const { port } = await dyingOnReuse();
    const { samples } = await runScript(
      k6,
      `import http from "k6/http";
       import { sleep } from "k6";
       export const options = { vus: 1, iterations: 20 };
       export default function () { http.post("http://127.0.0.1:${port}/", "x", { tags: { name: "main" } }); sleep(0.005); }`,
      loadPlan([plannedTarget("only", port)]),
    );
    expect(samples.filter(({ failure }) => failure === "stale-reuse-reset")).toHaveLength(10);
    expect(samples.filter(({ suspectedRetry }) => suspectedRetry)).toEqual([]);
  });
});

test("a server that is not there is a refusal, not a load", async () => {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  if (found.k6 === null) return;
  const { samples } = await runScript(found.k6, inTurn(port, 3), loadPlan([plannedTarget("only", port)]));
  expect(samples.map(({ failure, reusedSocket, couldReuse }) => [failure, reusedSocket, couldReuse])).toEqual([
    ["tcp-refused", false, false],
    ["tcp-refused", false, false],
    ["tcp-refused", false, false],
  ]);
});
