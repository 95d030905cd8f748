// What reading k6's samples costs: rows as k6 writes them, thirteen a request, through the reader and into a tally.
import { memoryUsage } from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { LoadPlan } from "#core/plan/load-plan.ts";
import { createTally } from "#core/statistics/tally.ts";
import { ms, perSecond } from "#core/units.ts";
import { createCsvSamples } from "#node/load/csv-samples.ts";
import type { Row } from "./signing.ts";

const requests = 300_000;
const vus = 100;
/** As a pipe gives them. */
const chunkBytes = 65_536;

const target = (id: string): LoadPlan["targets"][number] => ({
  id,
  kind: "lattice",
  origin: "https://orders.internal",
  hostHeader: "orders.internal",
  auth: "iam",
  signing: null,
  requests: [],
  timeoutMs: ms(30_000),
  functionErrors: false,
  addresses: ["10.0.1.10"],
  connection: { requestsMax: null, ageMsMax: null },
});

const plan: LoadPlan = {
  schema: "pathproof.load-plan/1",
  load: "bench",
  scenario: "steady",
  arrival: { kind: "open", rate: perSecond(5000) },
  durationMs: ms(60_000),
  warmupMs: ms(0),
  targets: [target("orders-lattice"), target("orders-alb")],
};

const header = "metric_name,timestamp,metric_value,error,error_code,expected_response,ip,status,extra_tags,metadata\n";
const epochMs = 1_795_464_000_000;

/** Each request of another length and at another time; one in a thousand opens its connection. */
function rowsOf(index: number): string {
  const endMs = epochMs + index / 5;
  const stamp = Math.round(endMs * 1000);
  const late = index % 1000 === 0;
  const durationMs = 0.3 + ((index * 7919) % 1000) / 250;
  const vu = (index % vus) + 1;
  const id = index % 2 === 0 ? "orders-lattice" : "orders-alb";
  const metadata = `vu=${vu}&due=${(endMs - durationMs - 0.2).toFixed(3)}`;
  const tags = `,,true,10.0.1.10,200,auth=iam&name=main&phase=measured&target=${id},${metadata}`;
  const rest = `,,,,,auth=iam&target=${id},${metadata}`;
  const row = (name: string, value: number, tail: string): string => `${name},${stamp},${value.toFixed(6)},${tail}\n`;
  return [
    row("http_reqs", 1, tags),
    row("http_req_duration", durationMs, tags),
    row("http_req_blocked", late ? 1.2 : 0.004, tags),
    row("http_req_connecting", late ? 0.4 : 0, tags),
    row("http_req_tls_handshaking", late ? 0.7 : 0, tags),
    row("http_req_sending", 0.021, tags),
    row("http_req_waiting", durationMs - 0.05, tags),
    row("http_req_receiving", 0.029, tags),
    row("http_req_failed", 0, tags),
    row("data_sent", 412, rest),
    row("data_received", 291, rest),
    row("iteration_duration", durationMs + 0.3, rest),
    row("iterations", 1, rest),
  ].join("");
}

function* chunks(): Generator<Buffer> {
  let rest = Buffer.from(header);
  for (let index = 0; index < requests; ) {
    const rows: string[] = [];
    for (const end = Math.min(requests, index + 200); index < end; index++) rows.push(rowsOf(index));
    rest = Buffer.concat([rest, Buffer.from(rows.join(""))]);
    while (rest.length >= chunkBytes) {
      // A copy, as each chunk of a pipe is memory of its own.
      yield Buffer.from(rest.subarray(0, chunkBytes));
      rest = rest.subarray(chunkBytes);
    }
  }
  yield rest;
}

export async function bench(): Promise<readonly Row[]> {
  const tally = createTally(plan);
  const reader = createCsvSamples(plan, {
    sample: (sample) => tally.add(sample),
    ended: (end) => tally.end(end),
    dropped: ({ target: id, phase, count }) => tally.drop(id, phase, count),
  });
  let cpuMicros = 0;
  let bytes = 0;
  let heapAtTenth = 0;
  for (const chunk of chunks()) {
    const before = process.cpuUsage();
    reader.push(chunk);
    const { user, system } = process.cpuUsage(before);
    cpuMicros += user + system;
    bytes += chunk.length;
    if (heapAtTenth === 0 && reader.facts.samples > requests / 10) heapAtTenth = heapMb();
  }
  reader.end();
  const { samples } = reader.facts;
  if (samples !== requests) throw new Error(`${requests} requests went in and ${samples} samples came out`);
  return [
    {
      name: "CPU per request",
      value: cpuMicros / samples,
      unit: "µs",
      note: `${(bytes / samples / 1024).toFixed(1)} KiB of rows each; at most 20`,
    },
    { name: "requests a second on one core", value: (samples / cpuMicros) * 1e6, unit: "/s" },
    {
      name: "heap gained from the first tenth to the end",
      value: Math.max(0, heapMb() - heapAtTenth),
      unit: "MiB",
      note: "flat: it does not grow with the load",
    },
  ];
}

const heapMb = (): number => {
  collect();
  return memoryUsage().heapUsed / 1_048_576;
};

/** Garbage is no growth. */
function collect(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}
