import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip, gunzipSync, gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import type { ForeignRun } from "#core/foreign/foreign-run.ts";
import { readForeign } from "#node/foreign/read-foreign.ts";

const recorded = resolve(import.meta.dirname, "../../recorded/foreign");
const scratch = mkdtempSync(join(tmpdir(), "pathproof-foreign-test-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const options = { by: null, unit: null } as const;

async function read(
  file: string,
  by: string | null = null,
  unit: "ns" | "us" | "ms" | null = null,
): Promise<ForeignRun> {
  const reading = await readForeign(resolve(recorded, file), { by, unit });
  if (reading.kind === "problem") throw new Error(reading.problem);
  return reading.run;
}

async function only(file: string) {
  const { loads } = await read(file);
  const [load] = loads;
  if (load === undefined || loads.length !== 1) throw new Error(`${loads.length} loads`);
  return load;
}

async function problemWith(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(scratch, name);
  writeFileSync(file, content);
  const reading = await readForeign(file, options);
  return reading.kind === "problem" ? reading.problem : `read: ${reading.run.leftOut.join("; ")}`;
}

const textOf = (file: string): string => {
  const bytes = readFileSync(join(recorded, file));
  return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
};

/** Latencies of the requests that went well, in order, straight from the rows. */
const k6Latencies = (): readonly number[] =>
  textOf("k6.csv.gz")
    .split("\n")
    .filter((row) => row.startsWith("http_req_duration,") && row.includes(",true,"))
    .map((row) => Number(row.split(",")[2]))
    .sort((a, b) => a - b);

const atRank = (sorted: readonly number[], q: number): number => sorted[Math.ceil(q * sorted.length) - 1] ?? Number.NaN;

describe("k6", () => {
  test("its CSV, its JSON lines and its summaries of one run tell the same", async () => {
    const [csv, json, summary, exported] = await Promise.all(
      ["k6.csv.gz", "k6.ndjson.gz", "k6-summary.json", "k6-export.json"].map(only),
    );
    for (const load of [csv, json, summary, exported]) expect(load?.requests).toBe(80);
    expect(csv?.failures).toEqual({ "tcp-refused": 11, "unexpected-status": 5 });
    expect(json?.failures).toEqual(csv?.failures);
    for (const load of [summary, exported]) expect(load?.failures).toEqual({ "cause-not-recorded": 16 });
    expect(json?.serviceMs).toEqual(csv?.serviceMs);
    expect(exported?.serviceMs).toEqual(summary?.serviceMs);
    expect(csv?.origin).toBeNull();
  });

  test("quantiles from its rows are those of its rows, and beside those of its summary", async () => {
    const [csv, summary] = await Promise.all([only("k6.csv.gz"), only("k6-summary.json")]);
    const sorted = k6Latencies();
    for (const [name, q] of [
      ["p50", 0.5],
      ["p90", 0.9],
      ["p95", 0.95],
    ] as const) {
      const exact = atRank(sorted, q);
      expect(Math.abs((csv.serviceMs?.[name] ?? 0) / exact - 1)).toBeLessThan(0.001);
      // k6 goes a part of the way from one sample to the next.
      const at = q * (sorted.length - 1);
      const [low = 0, high = 0] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
      expect(summary.serviceMs?.[name]).toBeCloseTo(low + (high - low) * (at - Math.floor(at)), 6);
    }
    expect(csv.serviceMs?.max).toBeCloseTo(summary.serviceMs?.max ?? 0, 3);
    expect(csv.serviceMs?.mean).toBeCloseTo(summary.serviceMs?.mean ?? 0, 3);
  });

  test("what a summary does not hold is null, and its thresholds are as k6 judged them, inverted or not", async () => {
    for (const file of ["k6-summary.json", "k6-export.json"]) {
      const run = await read(file);
      expect(run.loads[0]?.serviceMs).toMatchObject({ p99: null, p999: null });
      expect(run.loads[0]).toMatchObject({ connectMs: null, responseMs: null, rate: null, samples: null });
      expect(Object.fromEntries(run.thresholds.map(({ rule, held }) => [rule, held]))).toEqual({
        "http_req_duration: p(95)<500": true,
        "http_req_failed: rate<0.01": false,
      });
    }
  });

  test("the machine-readable summary is read too", async () => {
    const load = await only("k6-machine.json");
    expect(load).toMatchObject({ requests: 80, failures: { "cause-not-recorded": 16 } });
    expect(load.serviceMs).toMatchObject({ p50: 4.477361999999999, p95: 42.22476909999999, p99: null });
  });

  test("requests are told apart by a tag, quoted values and all", async () => {
    const { loads } = await read("k6.csv.gz", "name");
    expect(loads.map(({ target, requests }) => [target, requests]).sort()).toEqual([
      ["list", 50],
      ["refused", 11],
      ['slow, "quoted"', 19],
    ]);
    const summary = await read("k6-summary.json", "name");
    // Of the others there is no sub-metric; of this one k6 did not count its requests.
    expect(summary.loads.map(({ target }) => target)).toEqual([null]);
  });

  test.each(["k6-unix_milli.csv", "k6-unix_micro.csv", "k6-unix_nano.csv", "k6-rfc3339.csv", "k6-rfc3339_nano.csv"])(
    "times are read in %s",
    async (file) => {
      const { startedAt, loads } = await read(file);
      expect(startedAt).toMatch(/^2026-11-25T19:13:3[67]/);
      expect(loads[0]?.requests).toBe(1);
    },
  );
});

describe("vegeta", () => {
  test("its results in both encodings tell the same; failed requests are not in the latencies", async () => {
    const [csv, json] = await Promise.all([only("vegeta.csv"), only("vegeta.ndjson.gz")]);
    const but = { samples: null, durationMs: null, achievedRate: null };
    expect({ ...csv, ...but }).toEqual({ ...json, ...but });
    expect(csv.durationMs).toBeCloseTo(json.durationMs ?? 0, 2);
    expect(csv).toMatchObject({ requests: 60, failures: { "tcp-refused": 20, "unexpected-status": 1 }, origin: null });
    const good = textOf("vegeta.ndjson.gz")
      .trim()
      .split("\n")
      .map((line): { code: number; latency: number } => JSON.parse(line))
      .filter(({ code }) => code === 200)
      .map(({ latency }) => latency / 1e6)
      .sort((a, b) => a - b);
    for (const [name, q] of [
      ["p50", 0.5],
      ["p90", 0.9],
      ["p99", 0.99],
    ] as const)
      expect(Math.abs((csv.serviceMs?.[name] ?? 0) / atRank(good, q) - 1)).toBeLessThan(0.001);
  });

  test("its reports hold what they say, in milliseconds", async () => {
    const report = await only("vegeta-report.json");
    expect(report).toMatchObject({ requests: 60, failures: { "cause-not-recorded": 20, "unexpected-status": 1 } });
    expect(report.serviceMs).toMatchObject({ p50: 4.13563, p99: 50.331056, p999: null, max: 50.451232 });
    const plot = await only("vegeta.hgrm");
    expect(plot).toMatchObject({ requests: 60, failures: null });
    expect(plot.serviceMs).toMatchObject({ p50: 4.13563, p90: 43.119424, max: 50.451232, mean: null });
  });

  test("its binary results are known by sight, and what to do is said", async () => {
    const reading = await readForeign(join(recorded, "vegeta.bin"), options);
    expect(reading).toMatchObject({
      kind: "problem",
      problem: expect.stringContaining("vegeta encode FILE > results.json"),
    });
  });
});

describe("HdrHistogram", () => {
  const told = new Map(
    readFileSync(join(recorded, "java-quantiles.txt"), "utf8")
      .trim()
      .split("\n")
      .map((line) => line.split(" "))
      .map(([name = "", value]) => [name, Number(value)]),
  );

  test("quantiles of a log's tag are to the last digit those that the Java library gives", async () => {
    const { loads, startedAt } = await read("java.hlog");
    const orders = loads.find(({ target }) => target === "orders");
    expect(loads.map(({ target, requests }) => [target, requests])).toEqual([
      ["orders", told.get("count")],
      ["health", 160],
    ]);
    for (const [name, percentile] of [
      ["p50", "50.0"],
      ["p90", "90.0"],
      ["p95", "95.0"],
      ["p99", "99.0"],
      ["p999", "99.9"],
      ["max", "100.0"],
    ] as const)
      expect((orders?.serviceMs?.[name] ?? 0) * 1e6).toBeCloseTo(told.get(percentile) ?? -1, 3);
    expect((orders?.serviceMs?.mean ?? 0) * 1e6).toBeCloseTo(told.get("mean") ?? -1, 2);
    expect(orders).toMatchObject({ durationMs: 8000, achievedRate: 200, failures: null });
    expect(orders?.samples?.blocks).toHaveLength(8);
    expect(startedAt).toBe("2026-11-25T19:13:15.000Z");
  });

  test("a log of another range and precision is read, and a unit that was asked for is taken", async () => {
    const { loads } = await read("java-untagged.hlog");
    expect(loads[0]).toMatchObject({ target: null, requests: 300 });
    expect(loads[0]?.serviceMs?.max).toBeCloseTo(6.98, 1);
    const { loads: asked } = await read("java-untagged.hlog", null, "us");
    expect(asked[0]?.serviceMs?.max).toBeCloseTo(6980, -2);
  });

  test("a percentile distribution gives what it has points for, and bounds for the rest", async () => {
    for (const file of ["java.hgrm", "java-csv.hgrm"]) {
      const load = await only(file);
      expect(load.requests).toBe(1600);
      expect(load.serviceMs).toMatchObject({ p50: 4.522, p90: 6.042, p95: 6.226 });
      expect(load.serviceMs?.p99).toBeGreaterThanOrEqual((told.get("99.0") ?? 0) / 1e6);
      expect(load.notes.join()).toContain("p99 between");
    }
  });

  test("a log whose last line is cut off gives all lines before it", async () => {
    const whole = textOf("java.hlog");
    expect(await problemWith("torn.hlog", whole.slice(0, -40))).toBe(
      "read: line 20: it is cut off, as the file's last; left out",
    );
    expect(await problemWith("spoilt.hlog", whole.replace("HISTFAAAAPt4", "HISTFAAAAPt5"))).toMatch(
      /^read: line 5: its histogram cannot be unpacked/,
    );
  });
});

describe("oha and wrk", () => {
  test("what they print is read", async () => {
    expect(await only("oha.json")).toMatchObject({
      requests: 80,
      failures: { "cause-not-recorded": 2, "unexpected-status": 6 },
      serviceMs: { p50: 6.038477, p99: expect.closeTo(51.375897, 6), max: expect.closeTo(51.375897, 6) },
    });
    expect(await only("wrk.txt")).toMatchObject({
      requests: 1023,
      connections: 4,
      failures: { "cause-not-recorded": 118 },
      origin: "http://127.0.0.1:23471",
      responseMs: null,
      serviceMs: { p50: 7.49, p90: 19.54, p95: null, p99: 35.39, max: 45.47, mean: 9.19 },
    });
  });

  test("wrk2 is known by its corrected latency, which is response time", async () => {
    const text = [
      "Running 30s test @ http://127.0.0.1:80/index.html",
      "  2 threads and 100 connections",
      "  Thread Stats   Avg      Stdev     Max   +/- Stdev",
      "    Latency     4.79ms    3.11ms  42.37ms   98.46%",
      "  Latency Distribution (HdrHistogram - Recorded Latency)",
      " 50.000%    4.52ms",
      "  Detailed Percentile spectrum:",
      ...textOf("java.hgrm")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => `  ${line}`.replace(/^ {2}#/, "#")),
      "----------------------------------------------------------",
      "  1600 requests in 30.00s, 19.81MB read",
      "Requests/sec:     53.33",
    ].join("\n");
    const file = join(scratch, "wrk2.txt");
    writeFileSync(file, text);
    const reading = await readForeign(file, options);
    expect(reading).toMatchObject({ kind: "run", run: { tool: "wrk2" } });
    expect(reading.kind === "run" && reading.run.loads[0]).toMatchObject({
      serviceMs: null,
      responseMs: { p50: 4.522, max: 42.369, mean: 4.79 },
      durationMs: 30_000,
      requests: 1600,
      failures: {},
    });
  });
});

describe("a file that cannot be read", () => {
  const csv = textOf("k6.csv.gz");
  test.each([
    ["empty", "", "it is empty"],
    ["header", csv.slice(0, csv.indexOf("\n") + 1), "it holds no HTTP request that was timed"],
    ["prose", "Dear reader,\nthis is a letter.\n", /^it is none of the files that are known\. Known are .*k6 CSV/],
    ["binary", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]), /^it is no text\./],
    [
      "half-summary",
      textOf("k6-summary.json").slice(0, 2000),
      "it begins like a k6 summary, but is no whole JSON document",
    ],
    ["half-hgrm", textOf("java.hgrm").slice(0, 900), "its table of percentiles is cut off: it does not reach 100 %"],
    ["half-wrk", textOf("wrk.txt").slice(0, 200), /wrk did not come to its end/],
    ["half-gzip-summary", gzipSync(textOf("k6-summary.json")).subarray(0, 700), "its gzip stream is cut off"],
    [
      "k6-of-nothing",
      '{"metrics":{"vus":{"type":"gauge","values":{"value":1}}},"root_group":{}}',
      /made no HTTP request/,
    ],
  ])("%s: one clause with what is wrong", async (name, content, wanted) => {
    expect(await problemWith(name, content)).toMatch(wanted);
  });

  test("rows cut off or spoilt are named and left out, the others stay", async () => {
    const rows = csv.split("\n");
    const spoilt = [
      ...rows.slice(0, 40),
      "http_reqs,yesterday,1.0,,,",
      "http_req_duration,1795634015,fast,,,",
      "http_reqs,17956",
      ...rows.slice(40),
    ];
    const said = await problemWith("spoilt.csv", spoilt.join("\n"));
    expect(said).toBe(
      'read: line 41: its time is none: "yesterday"; left out; line 42: its value is no number; left out; line 43: the row is cut off; left out',
    );
    expect(await problemWith("torn.csv", csv.slice(0, csv.length - 30))).toMatch(/^read: line \d+: it is cut off/);
    expect(await problemWith("torn.csv.gz", gzipSync(csv).subarray(0, 4000))).toMatch(
      /its gzip stream is cut off; what came before was read/,
    );
  });

  test("a quote that is never closed does not swallow the rest", async () => {
    const [header = "", ...rows] = csv.split("\n");
    const file = join(scratch, "quote.csv");
    writeFileSync(file, [header, 'http_reqs,1795634015,1.0,,"open', ...rows].join("\n"));
    const reading = await readForeign(file, options);
    expect(reading.kind === "run" && reading.run.loads[0]?.requests).toBeGreaterThan(0);
  });

  test("a tag that every request has its own value of is refused", async () => {
    const [header = ""] = csv.split("\n");
    const rows = Array.from(
      { length: 300 },
      (_, index) =>
        `http_reqs,1795634015,1.0,,,,true,,GET,n${index},HTTP/1.1,s,,200,,,u,,\nhttp_req_duration,1795634015,1.0,,,,true,,GET,n${index},HTTP/1.1,s,,200,,,u,,`,
    );
    const file = join(scratch, "many.csv");
    writeFileSync(file, `${[header, ...rows].join("\n")}\n`);
    expect(await readForeign(file, { by: "name", unit: null })).toEqual({
      kind: "problem",
      problem: 'the tag "name" has more than 200 values: choose with --by one that tells targets apart',
    });
    expect(await readForeign(file, { by: "no-such", unit: null })).toMatchObject({
      kind: "problem",
      problem: 'no request in it has the tag "no-such" (--by)',
    });
  });
});

test("memory does not grow with the file", async () => {
  // Made while it is written: what is measured is the reading.
  const file = join(scratch, "large.csv.gz");
  const [header = "", ...rows] = textOf("k6.csv.gz").trimEnd().split("\n");
  const body = `${rows.join("\n")}\n`;
  const copies = 600;
  await pipeline(
    Readable.from(
      (function* () {
        yield `${header}\n`;
        for (let copy = 0; copy < copies; copy++) yield body;
      })(),
    ),
    createGzip({ level: 1 }),
    createWriteStream(file),
  );
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().heapUsed);
  }, 20);
  const reading = await readForeign(file, options);
  clearInterval(watch);
  expect(reading.kind === "run" && reading.run.loads[0]?.requests).toBe(80 * copies);
  // 55 MB of rows; what is kept of them are histograms.
  expect(most - before).toBeLessThan(200 * 1024 * 1024);
});
