import { createBlocks } from "#core/statistics/blocks.ts";
import { createHistogram } from "#core/statistics/histogram.ts";
import { quantilesOf } from "#core/statistics/quantiles.ts";
import { createRows, rowFigures } from "#core/statistics/rows.ts";
import { ms } from "#core/units.ts";
import type { ForeignLoad } from "./foreign-run.ts";

/** One request as another tool wrote it down. */
export interface ForeignSample {
  /** Since the file's first request, when it was sent. */
  readonly sentAtMs: number;
  readonly latencyMs: number;
  /** Null where it opened no connection, or the tool does not tell. */
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
  /** A code of the catalogue of causes, or `unrecorded`; null when it succeeded. */
  readonly failure: string | null;
}

/** The requests of one target, folded while they come; its size does not grow with their number. */
export interface SampledLoad {
  add(sample: ForeignSample): void;
  load(told: ToldOfLoad): ForeignLoad;
}

export interface ToldOfLoad {
  readonly target: string | null;
  readonly origin: string | null;
  readonly durationMs: number | null;
  readonly dropped: number | null;
  /** Whether the file tells failed requests from others. */
  readonly tellsFailures: boolean;
  readonly notes: readonly string[];
}

export function createSampledLoad(): SampledLoad {
  const service = createHistogram();
  const connect = createHistogram();
  const tls = createHistogram();
  const rows = createRows();
  const blocks = createBlocks();
  const failures = new Map<string, number>();
  let requests = 0;
  return {
    add({ sentAtMs, latencyMs, connectMs, tlsMs, failure }) {
      const second = Math.floor(sentAtMs / 1000);
      requests += 1;
      rows.add(second, failure === null ? ms(latencyMs) : null, connectMs !== null);
      if (failure !== null) {
        failures.set(failure, (failures.get(failure) ?? 0) + 1);
        return;
      }
      service.record(ms(latencyMs));
      blocks.add(second, latencyMs);
      if (connectMs !== null) connect.record(ms(connectMs));
      if (tlsMs !== null) tls.record(ms(tlsMs));
    },
    load({ target, origin, durationMs, dropped, tellsFailures, notes }) {
      return {
        target,
        origin,
        rate: null,
        connections: null,
        achievedRate: durationMs === null || durationMs === 0 ? null : (requests * 1000) / durationMs,
        durationMs,
        requests,
        failures: tellsFailures ? Object.fromEntries([...failures].sort(([a], [b]) => (a < b ? -1 : 1))) : null,
        dropped,
        serviceMs: quantilesOf(service),
        responseMs: null,
        connectMs: quantilesOf(connect),
        tlsMs: quantilesOf(tls),
        notes,
        samples: { of: "service", whole: service, blocks: blocks.list(), seconds: rowFigures(rows) },
      };
    },
  };
}
