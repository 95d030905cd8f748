import { failureCode } from "#core/plan/k6-failure-code.ts";
import { tags as ownTags } from "#core/plan/k6-metrics.ts";
import { type ForeignOptions, type ForeignReading, problem, unrecorded } from "../foreign-run.ts";
import { createSampledLoad, type SampledLoad } from "../sampled-load.ts";
import { durationNote, failureNote, reuseNote } from "./k6-notes.ts";

/** A sample of k6's, from whatever output. */
export interface K6Row {
  readonly metric: string;
  /** Milliseconds since the epoch, when the request had ended. */
  readonly atMs: number;
  readonly value: number;
  /** Null where the row has no such tag. */
  tag(name: string): string | null;
}

/** Puts the rows of each request together again, which k6 writes one after the other. */
export interface K6Requests {
  row(row: K6Row): void;
  end(told: { readonly format: string; readonly stampMs: number; readonly leftOut: readonly string[] }): ForeignReading;
}

interface Pending {
  readonly group: string;
  /** Null where its tags hold no URL. */
  readonly origin: string | null;
  readonly tags: K6Tags;
  readonly endMs: number;
  durationMs: number | null;
  connectMs: number;
  tlsMs: number;
  sending: number;
  receiving: number;
  failed: boolean | null;
}

interface K6Tags {
  readonly status: number | null;
  readonly errorCode: number;
  readonly error: string;
  readonly expected: boolean | null;
  readonly warmup: boolean;
}

interface Group {
  readonly load: SampledLoad;
  /** Of its requests; "several" when they differ. */
  origin: string | null;
}

/** A tag with more values than this tells requests apart, not targets. */
const groupsMax = 200;

export function createK6Requests({ by }: ForeignOptions): K6Requests {
  const groups = new Map<string, Group>();
  let pending: Pending | null = null;
  let beganMs: number | null = null;
  let lastMs = 0;
  let dropped = 0;
  let requests = 0;
  let withoutDuration = 0;
  let warmup = 0;
  let tellsFailures = true;
  let tooMany = false;
  let unnamed = 0;

  const groupOf = (row: K6Row): string => {
    const value = row.tag(by ?? ownTags.target);
    if (value !== null && value !== "") return value;
    unnamed += 1;
    return "";
  };

  const begin = (row: K6Row): Pending => {
    flush();
    pending = {
      group: groupOf(row),
      origin: originOf(row.tag("url") ?? ""),
      tags: tagsOf(row),
      endMs: row.atMs,
      durationMs: null,
      ...{ connectMs: 0, tlsMs: 0, sending: 0, receiving: 0, failed: null },
    };
    return pending;
  };

  const groupNamed = (name: string): Group | null => {
    const known = groups.get(name);
    if (known !== undefined) return known;
    tooMany ||= groups.size >= groupsMax;
    if (tooMany) return null;
    const made = { load: createSampledLoad(), origin: null };
    groups.set(name, made);
    return made;
  };

  const flush = (): void => {
    const request = pending;
    pending = null;
    if (request === null) return;
    if (request.tags.warmup) {
      warmup += 1;
      return;
    }
    const group = groupNamed(request.group);
    if (group === null) return;
    requests += 1;
    noteOrigin(group, request.origin);
    if (request.durationMs === null) {
      withoutDuration += 1;
      return;
    }
    const failure = failureOf(request);
    if (failure === "unknown") tellsFailures = false;
    const sentMs = request.endMs - request.durationMs;
    beganMs ??= sentMs;
    lastMs = Math.max(lastMs, request.endMs);
    group.load.add({
      sentAtMs: Math.max(0, sentMs - beganMs),
      latencyMs: request.durationMs,
      connectMs: request.connectMs > 0 ? request.connectMs : null,
      tlsMs: request.tlsMs > 0 ? request.tlsMs : null,
      failure: failure === "unknown" ? null : failure,
    });
  };

  return {
    row(row) {
      const { metric, value } = row;
      if (metric === "http_reqs") begin(row);
      else if (metric === "http_req_duration") {
        const own =
          pending !== null && pending.durationMs === null && pending.endMs === row.atMs ? pending : begin(row);
        own.durationMs = value;
      } else if (metric === "dropped_iterations") dropped += value;
      else if (pending !== null && pending.endMs === row.atMs) {
        if (metric === "http_req_connecting") pending.connectMs = value;
        else if (metric === "http_req_tls_handshaking") pending.tlsMs = value;
        else if (metric === "http_req_sending") pending.sending = value;
        else if (metric === "http_req_receiving") pending.receiving = value;
        else if (metric === "http_req_failed") pending.failed = value > 0;
      }
    },
    end({ format, stampMs, leftOut }) {
      flush();
      if (tooMany)
        return problem(
          `the tag "${by ?? ownTags.target}" has more than ${groupsMax} values: choose with --by one that tells targets apart`,
        );
      if (requests === 0 || beganMs === null) return problem("it holds no HTTP request that was timed");
      if (by !== null && unnamed >= requests) return problem(`no request in it has the tag "${by}" (--by)`);
      const durationMs = Math.max(0, lastMs - beganMs) + (stampMs >= 1000 ? stampMs / 2 : 0);
      const started = beganMs;
      const only = groups.size === 1;
      const notes = [
        durationNote,
        tellsFailures
          ? failureNote
          : "Its columns do not tell which requests failed, so failed ones may be among the latencies.",
        reuseNote,
        ...(stampMs >= 1000
          ? ["Its time stamps are whole seconds, so its duration and rates are known to a second or so."]
          : []),
        ...(warmup > 0 ? [`${warmup} requests tagged as warm-up were left out.`] : []),
        ...(withoutDuration > 0 ? [`${withoutDuration} requests have no http_req_duration and were left out.`] : []),
      ];
      return {
        kind: "run",
        run: {
          tool: "k6",
          format,
          startedAt: new Date(started).toISOString(),
          loads: [...groups].map(([name, group]) =>
            group.load.load({
              target: name === "" ? null : name,
              origin: group.origin === several ? null : group.origin,
              durationMs,
              // Iterations, of whichever target.
              dropped: only || dropped === 0 ? dropped : null,
              tellsFailures,
              notes:
                only || dropped === 0
                  ? notes
                  : [...notes, `k6 dropped ${dropped} iterations; of which target is not told.`],
            }),
          ),
          thresholds: [],
          leftOut,
        },
      };
    },
  };
}

function tagsOf(row: K6Row): K6Tags {
  const status = row.tag("status");
  const expected = row.tag("expected_response");
  return {
    status: status === null || status === "" ? null : Number(status),
    errorCode: Number(row.tag("error_code") ?? "") || 0,
    error: row.tag("error") ?? "",
    expected: expected === null || expected === "" ? null : expected === "true",
    warmup: row.tag(ownTags.phase) === "warmup",
  };
}

/** A code, null when it succeeded, or that nothing tells. */
function failureOf({ tags, failed, connectMs, sending, receiving, tlsMs }: Pending): string | null | "unknown" {
  const { status, errorCode, error, expected } = tags;
  if (failed === null && expected === null && status === null && errorCode === 0) return "unknown";
  const bad = failed ?? (expected === null ? errorCode > 0 || status === 0 || (status ?? 0) >= 400 : !expected);
  if (!bad) return null;
  if ((status ?? 0) === 0 && errorCode === 0 && error === "") return unrecorded;
  // What was written was written on a connection; k6 has no better mark unless its tag `ip` is on.
  const connected = sending > 0 || receiving > 0;
  return failureCode({
    status: status ?? 0,
    errorCode,
    error,
    kind: "http",
    secure: tlsMs > 0,
    reusedSocket: connected && connectMs === 0,
    connected,
    dialled: connectMs > 0,
    begun: receiving > 0,
  });
}

const several = "several";

function noteOrigin(group: Group, origin: string | null): void {
  if (group.origin === null) group.origin = origin;
  else if (origin !== null && origin !== group.origin) group.origin = several;
}

const originOf = (url: string): string | null => /^https?:\/\/[^/?#@\s]+/.exec(url)?.[0] ?? null;
