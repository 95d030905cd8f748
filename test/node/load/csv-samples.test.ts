import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Dropped } from "#core/plan/load-run.ts";
import type { ConnectionEnd } from "#core/statistics/connection-end.ts";
import type { Sample } from "#core/statistics/sample.ts";
import { ms, perSecond } from "#core/units.ts";
import { createCsvSamples, type StreamFacts } from "#node/load/csv-samples.ts";
import { loadPlan, plannedTarget } from "../../support/k6.ts";

const header = "metric_name,timestamp,metric_value,error,error_code,expected_response,ip,status,extra_tags,metadata";

interface Request {
  readonly vu?: number;
  /** Seconds after the hour. */
  readonly endS?: number;
  readonly due?: number;
  readonly closing?: boolean;
  readonly target?: string;
  readonly name?: string;
  readonly phase?: string;
  readonly status?: number;
  readonly errorCode?: number;
  readonly error?: string;
  readonly ip?: string;
  readonly timings?: Readonly<Record<string, number>>;
}

const epochS = 1_795_464_000;

/** The rows that k6 writes of a request, as recorded. */
function rowsOf({
  vu = 1,
  endS = 1,
  due,
  closing,
  target = "a",
  name = "main",
  phase = "measured",
  ...rest
}: Request): string[] {
  const { status = 200, errorCode, error = "", ip = "127.0.0.1", timings = {} } = rest;
  const failed = status >= 400 || status === 0;
  const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const metadata = [`vu=${vu}`, due === undefined ? null : `due=${due}`, closing ? "closing=1" : null]
    .filter(Boolean)
    .join("&");
  const tail = [
    quoted(error),
    errorCode ?? "",
    !failed,
    ip,
    status,
    quoted(`target=${target}&phase=${phase}&name=${name}`),
    metadata,
  ].join(",");
  const stamp = Math.round((epochS + endS) * 1e6);
  const value = (key: string, usual: number): string => (timings[key] ?? usual).toFixed(6);
  return [
    `http_reqs,${stamp},1.000000,${tail}`,
    `http_req_duration,${stamp},${value("duration", 1.5)},${tail}`,
    `http_req_blocked,${stamp},${value("blocked", 0.005)},${tail}`,
    `http_req_connecting,${stamp},${value("connecting", 0)},${tail}`,
    `http_req_tls_handshaking,${stamp},${value("tls", 0)},${tail}`,
    `http_req_sending,${stamp},${value("sending", 0.02)},${tail}`,
    `http_req_waiting,${stamp},1.400000,${tail}`,
    `http_req_receiving,${stamp},${value("receiving", status === 0 ? 0 : 0.08)},${tail}`,
    `http_req_failed,${stamp},${failed ? "1.000000" : "0.000000"},${tail}`,
  ];
}

const iterationRows = ({ vu = 1, endS = 1 }, sent = 70): string[] => {
  const stamp = Math.round((epochS + endS) * 1e6);
  const tail = `,,,,,target=a,vu=${vu}`;
  return [
    `data_sent,${stamp},${sent}.000000,${tail}`,
    `data_received,${stamp},130.000000,${tail}`,
    `iteration_duration,${stamp},1.800000,${tail}`,
    `iterations,${stamp},1.000000,${tail}`,
  ];
};

interface Seen {
  readonly samples: readonly Sample[];
  readonly ended: readonly ConnectionEnd[];
  readonly dropped: readonly Dropped[];
  readonly facts: StreamFacts;
}

const plan = loadPlan([plannedTarget("a", 1), plannedTarget("b", 2)], { warmupMs: ms(1000) });

function read(rows: readonly string[], cuts: readonly number[] = [], of = plan): Seen {
  const samples: Sample[] = [];
  const dropped: Dropped[] = [];
  const ended: ConnectionEnd[] = [];
  const sink = {
    sample: (one: Sample) => void samples.push(one),
    ended: (one: ConnectionEnd) => void ended.push(one),
    dropped: (one: Dropped) => void dropped.push(one),
  };
  const reader = createCsvSamples(of, sink, () => (epochS + 10) * 1000);
  const bytes = Buffer.from(`${[header, ...rows].join("\n")}\n`);
  const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((x, y) => x - y), bytes.length];
  for (const [index, from] of places.entries()) reader.push(bytes.subarray(from, places[index + 1] ?? bytes.length));
  reader.end();
  return { samples, ended, dropped, facts: reader.facts };
}

describe("k6's rows", () => {
  test("of a request become one sample, its times told from the due time on", () => {
    const due = (epochS + 1) * 1000 - 4.5;
    const { samples } = read([...rowsOf({ due, timings: { connecting: 0.4, blocked: 0.5 } }), ...iterationRows({})]);
    expect(samples).toEqual([
      {
        target: "a",
        sentAtMs: expect.closeTo(3, 3),
        phase: "measured",
        serviceMs: 1.5,
        responseMs: expect.closeTo(4.5, 3),
        connectMs: 0.4,
        tlsMs: null,
        reusedSocket: false,
        idleMs: null,
        idempotent: true,
        couldReuse: false,
        suspectedRetry: false,
        failure: null,
        refusedBy: null,
      },
    ]);
  });

  test("of a changing rate count from when k6 began its schedule, which is when its users were ready", () => {
    const spike = { ...plan, scenario: "spike", arrival: { kind: "open", rate: perSecond(10) } } as const;
    // All leave 5 ms after they would have been due, had the schedule begun with the scenario; one is 20 ms late by itself.
    const rows = [0, 0, 20, 0].flatMap((lateMs, index) => {
      const due = (epochS + 1 + index) * 1000;
      return rowsOf({ vu: index + 1, endS: (due + 5 + lateMs + 1.5) / 1000 - epochS, due });
    });
    const responses = (of: typeof plan) => read(rows, [], of).samples.map(({ responseMs }) => responseMs);
    expect(responses(spike)).toEqual([1.5, 1.5, 21.5, 1.5].map((value) => expect.closeTo(value, 1)));
    expect(responses(plan)).toEqual([6.5, 6.5, 26.5, 6.5].map((value) => expect.closeTo(value, 1)));
  });

  test("of a workload without due times give no response time", () => {
    expect(read(rowsOf({})).samples[0]?.responseMs).toBeNull();
  });

  test("tell reuse per VU and target, and leave out what was closed on purpose", () => {
    const opened = { connecting: 0.4, blocked: 0.5 };
    const { samples } = read([
      ...rowsOf({ vu: 1, endS: 1, timings: opened }),
      ...rowsOf({ vu: 1, endS: 2, closing: true }),
      ...rowsOf({ vu: 1, endS: 3, timings: opened }),
      ...rowsOf({ vu: 1, endS: 4, target: "b", timings: opened }),
      ...rowsOf({ vu: 2, endS: 5, timings: opened }),
      ...rowsOf({ vu: 1, endS: 6, status: 0, errorCode: 1220 }),
      ...rowsOf({ vu: 1, endS: 7, timings: opened }),
    ]);
    const bySent = [...samples].sort((x, y) => x.sentAtMs - y.sentAtMs);
    expect(bySent.map(({ couldReuse, reusedSocket }) => [couldReuse, reusedSocket])).toEqual([
      [false, false],
      [true, true],
      [false, false],
      [false, false],
      [false, false],
      [true, true],
      [false, false],
    ]);
    expect(bySent[5]?.failure).toBe("stale-reuse-reset");
  });

  test("of a request whose second sending was refused end the connection unseen, by no broken protocol", () => {
    const { ended } = read([
      ...rowsOf({ endS: 1, timings: { connecting: 0.4, blocked: 0.5 } }),
      ...rowsOf({ endS: 2, status: 0, errorCode: 1212 }),
    ]);
    expect(ended.map(({ how }) => how)).toEqual(["unseen"]);
  });

  test("tell how long a VU's connection was idle, and which methods may be sent again", () => {
    const opened = { connecting: 0.4, blocked: 0.5 };
    const { samples } = read([
      ...rowsOf({ endS: 1, timings: opened }),
      ...rowsOf({ endS: 2.5, name: "list" }),
      ...rowsOf({ endS: 3, name: "create&once=1" }),
      ...rowsOf({ endS: 4, vu: 2, timings: opened }),
    ]);
    expect(samples.map(({ idleMs, idempotent }) => [idleMs, idempotent])).toEqual([
      [null, true],
      // From the last byte of one to the first of the other, which came 1.5 ms before its end.
      [expect.closeTo(1498.5, 3), true],
      [expect.closeTo(498.5, 3), false],
      [null, true],
    ]);
  });

  test("tell how a VU's connections ended, as far as k6 lets it be seen", () => {
    const opened = { connecting: 0.4, blocked: 0.5 };
    const { ended } = read([
      ...rowsOf({ endS: 1, timings: opened }),
      // Found closed: another was opened.
      ...rowsOf({ endS: 3, timings: opened }),
      ...rowsOf({ endS: 4, status: 0, errorCode: 1220 }),
      ...rowsOf({ endS: 5, timings: opened }),
      ...rowsOf({ endS: 6, closing: true }),
      ...rowsOf({ endS: 7, timings: opened }),
      // Found dead, and no other was to be had.
      ...rowsOf({ endS: 8, status: 0, errorCode: 1212, ip: "" }),
      ...rowsOf({ endS: 9, timings: opened }),
    ]);
    expect(ended.map(({ how, served, ageMs, idleMs }) => [how, served, Math.round(ageMs), idleMs])).toEqual([
      ["unseen", 1, 2000, expect.closeTo(1998, 3)],
      ["rst", 1, 1002, null],
      ["retired", 2, 1002, null],
      ["unseen", 1, 1000, expect.closeTo(998.5, 1)],
      ["open", 1, 2, null],
    ]);
  });

  test("of a suspected retry end one connection and begin another", () => {
    const { ended } = read([
      ...rowsOf({ endS: 1, timings: { connecting: 0.3, blocked: 0.4 } }),
      ...iterationRows({ endS: 1 }, 70),
      ...rowsOf({ endS: 2, timings: { blocked: 0.2, sending: 0.5 } }),
      ...iterationRows({ endS: 2 }, 140),
    ]);
    expect(ended.map(({ how, served, idleMs }) => [how, served, idleMs])).toEqual([
      ["unseen", 1, null],
      ["open", 1, null],
    ]);
  });

  test("give the script's verdict to the request before it, of the same VU only", () => {
    const verdict = `pathproof_failed,${epochS}000000,1.000000,,,,,,target=a&failure=function-error,vu=2`;
    const { samples } = read([
      ...rowsOf({ vu: 2 }),
      ...rowsOf({ vu: 1 }),
      verdict,
      ...iterationRows({ vu: 1 }),
      ...iterationRows({ vu: 2 }),
    ]);
    expect(samples.map(({ failure }) => failure)).toEqual([null, "function-error"]);
    const refused = verdict
      .replace("pathproof_failed", "pathproof_refused")
      .replace("failure=function-error", "refuser=explicit");
    const again = read([
      ...rowsOf({ vu: 1, endS: 1 }),
      ...rowsOf({ vu: 2, endS: 1 }),
      refused,
      ...iterationRows({ vu: 1 }),
    ]);
    expect(again.samples.map(({ failure, refusedBy }) => [failure, refusedBy])).toEqual([
      [null, null],
      [null, "explicit"],
    ]);
    expect(samples[1]).toMatchObject({ serviceMs: null, responseMs: null });
  });

  test("of what was dropped tell target and phase by time", () => {
    const stamp = (s: number): number => Math.round((epochS + s) * 1e6);
    const { dropped, facts } = read([
      ...rowsOf({ endS: 1 }),
      `dropped_iterations,${stamp(1.5)},2.000000,,,,,,target=b,`,
      `dropped_iterations,${stamp(3)},1.000000,,,,,,target=b,`,
    ]);
    expect(dropped.map(({ target, phase, count }) => [target, phase, count])).toEqual([
      ["b", "warmup", 2],
      ["b", "measured", 1],
    ]);
    expect(facts.dropped).toBe(3);
  });

  test("without a known target are counted and handed to nobody", () => {
    const { samples, facts } = read([...rowsOf({ target: "elsewhere" }), ...iterationRows({})]);
    expect(samples).toEqual([]);
    expect(facts).toMatchObject({ untagged: 1, iterations: 1, samples: 0 });
  });

  test("suspect a silent retry only where the bytes went out twice", () => {
    const retried = { blocked: 0.2, sending: 0.5 };
    const { samples } = read([
      ...rowsOf({ endS: 1, timings: { connecting: 0.3, blocked: 0.4 } }),
      ...iterationRows({ endS: 1 }, 70),
      ...rowsOf({ endS: 2, timings: retried }),
      ...iterationRows({ endS: 2 }, 140),
      ...rowsOf({ endS: 3, timings: retried }),
      ...iterationRows({ endS: 3 }, 70),
      ...rowsOf({ endS: 4 }),
      ...iterationRows({ endS: 4 }, 140),
    ]);
    expect(samples.map(({ suspectedRetry }) => suspectedRetry)).toEqual([false, true, false, false]);
  });

  test("suspect it behind TLS where no connection ever served twice", () => {
    const opened = { connecting: 0.3, tls: 2, blocked: 2.4 };
    const rows = Array.from({ length: 6 }, (_, index) => [
      ...rowsOf({ endS: index, timings: index === 0 ? opened : { blocked: 2.2, sending: 2.9 } }),
      ...iterationRows({ endS: index }, index === 0 ? 1669 : 1785),
    ]).flat();
    const { samples } = read(rows);
    expect(samples.map(({ suspectedRetry }) => suspectedRetry)).toEqual([false, true, true, true, true, true]);
  });

  test("suspect it however long the second dial took", () => {
    const { samples } = read([
      ...rowsOf({ endS: 1, timings: { connecting: 0.3, blocked: 0.4 } }),
      ...iterationRows({ endS: 1 }, 70),
      ...rowsOf({ endS: 1.03, timings: { duration: 25, blocked: 20, sending: 22 } }),
      ...iterationRows({ endS: 1.03 }, 140),
    ]);
    expect(samples.map(({ suspectedRetry }) => suspectedRetry)).toEqual([false, true]);
  });

  test("of requests that a VU has under way at the same time raise no suspicion", () => {
    const retried = { duration: 500, blocked: 0.2, sending: 0.5 };
    const { samples } = read([...rowsOf({ endS: 1, timings: retried }), ...rowsOf({ endS: 1.1, timings: retried })]);
    expect(samples[1]?.suspectedRetry).toBe(false);
  });

  test("whose texts hold commas, quotes and newlines are read all the same", () => {
    const odd = { name: 'a "b", c\nd', error: 'dial: "x", y\nz', status: 0, errorCode: 1212, ip: "" };
    const { samples } = read([...rowsOf(odd), ...rowsOf({ vu: 2, endS: 2 })]);
    expect(samples.map(({ failure }) => failure)).toEqual(["tcp-refused", null]);
  });

  test("give the same samples wherever the chunks end", () => {
    const rows = Array.from({ length: 6 }, (_, index) => [
      ...rowsOf({
        vu: (index % 2) + 1,
        endS: index,
        due: (epochS + index) * 1000 - 3,
        name: index === 3 ? 'q,"' : "main",
      }),
      ...iterationRows({ vu: (index % 2) + 1, endS: index }),
    ]).flat();
    const whole = read(rows);
    expect(whole.samples).toHaveLength(6);
    fc.assert(
      fc.property(fc.array(fc.nat(20_000), { maxLength: 40 }), (cuts) => {
        const { samples, facts } = read(rows, cuts);
        expect(samples).toEqual(whole.samples);
        expect({ ...facts, lagMsMax: 0 }).toEqual({ ...whole.facts, lagMsMax: 0 });
      }),
      { numRuns: 200 },
    );
  });

  test("are told from whatever else a program may write", () => {
    const sink = { sample: () => undefined, ended: () => undefined, dropped: () => undefined };
    const reader = createCsvSamples(plan, sink);
    expect(() => reader.push(Buffer.from("Hello, world\n"))).toThrow(SyntaxError);
  });

  test("cut off in the middle lose only the row that was cut", () => {
    const text = `${[header, ...rowsOf({}), ...iterationRows({})].join("\n")}\nhttp_reqs,179546`;
    const samples: Sample[] = [];
    const reader = createCsvSamples(plan, {
      sample: (one) => void samples.push(one),
      ended: () => undefined,
      dropped: () => undefined,
    });
    reader.push(Buffer.from(text));
    reader.end();
    expect(samples).toHaveLength(1);
  });
});
