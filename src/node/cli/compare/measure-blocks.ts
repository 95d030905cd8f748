import { blockOfSample, type ComparePlan } from "#core/plan/compare-plan.ts";
import type { LoadEnd } from "#core/plan/saved-load.ts";
import { addToBlock, type BlockTally, createBlockTally } from "#core/statistics/block-tally.ts";
import type { Sample } from "#core/statistics/sample.ts";
import { type BlockRecord, readBlock, type SavedBlock, saveBlock } from "#core/statistics/saved-block.ts";
import { createTally } from "#core/statistics/tally.ts";
import { type Ms, ms } from "#core/units.ts";
import { createCpuMeter } from "../load/cpu-meter.ts";
import { describeEnd } from "../load/describe-end.ts";
import type { Dropped, EngineOutcome, LoadEngine } from "../load/engine.ts";
import type { LoadState } from "../load/measure.ts";
import { packing } from "../load/packing.ts";
import { reason } from "../open-run.ts";

export interface BlocksOptions {
  readonly plan: ComparePlan;
  readonly engine: LoadEngine;
  /** So many blocks, from the first, are the pilot. */
  readonly pilotBlocks: number;
  /** The user's. */
  readonly signal: AbortSignal;
  /** Takes each block once it is over. What it rejects with ends the run: it would go on for nobody. */
  readonly save: (block: SavedBlock) => Promise<void>;
  /** Every second. */
  readonly onTick: (state: LoadState) => void;
  /** Once, with the blocks of the pilot, while the others go on. */
  readonly onPilot: (records: readonly BlockRecord[]) => void;
  readonly onWarning: (line: string) => void;
}

export type MeasuredBlocks =
  | {
      readonly kind: "measured";
      readonly records: readonly BlockRecord[];
      readonly end: LoadEnd;
      /** By the user. */
      readonly interrupted: boolean;
      /** Why it could not all be saved; null when it was. */
      readonly lost: string | null;
    }
  | { readonly kind: "not-started"; readonly message: string };

const tickMs = 1000;
/** After a block's end and a whole timeout nothing of it is to come, but for what an engine's messages take. */
const slackMs = 3000;
/** From the pilot's end to its estimate: most of what was under way then has been answered. */
const pilotSlackMs = 1500;

/** Runs a comparison to its end: each sample into the block it was due in, each block saved once it is over. */
export async function measureBlocks(options: BlocksOptions): Promise<MeasuredBlocks> {
  const { plan, engine, signal } = options;
  const total = createTally(plan.load);
  const blocks = keepBlocks(options);
  const stop = new AbortController();
  let pid: number | null = null;
  let firstAt: number | null = null;
  let pilotTold = options.pilotBlocks === 0;
  const cpu = createCpuMeter(() => pid);

  const tick = (): void => {
    const elapsedMs = firstAt === null ? null : ms(performance.now() - firstAt);
    options.onTick({ tally: total, elapsedMs });
    if (elapsedMs === null) return;
    cpu.begin();
    if (elapsedMs <= plan.load.durationMs) cpu.look();
    if (!pilotTold && elapsedMs >= options.pilotBlocks * blockMsOf(plan) + pilotSlackMs) {
      pilotTold = true;
      options.onPilot(blocks.snapshot(options.pilotBlocks));
    }
    blocks.closeOver(elapsedMs);
    if (blocks.lost !== null) stop.abort();
  };

  const onAbort = (): void => stop.abort();
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  const timer = setInterval(tick, tickMs);
  let outcome: EngineOutcome;
  try {
    outcome = await engine({
      signal: stop.signal,
      onStarted: (started) => {
        pid = started;
      },
      sink: {
        sample(sample) {
          firstAt ??= performance.now();
          total.add(sample);
          blocks.add(sample);
        },
        dropped(dropped) {
          total.drop(dropped.target, dropped.phase, dropped.count);
          blocks.drop(dropped);
        },
        // Between blocks connections are ended on purpose: how long they last is not what is asked here.
        ended: () => undefined,
        // Once it has been told to end, what it says is that it was.
        warning: (line) => {
          if (!stop.signal.aborted) options.onWarning(line);
        },
      },
    });
  } finally {
    clearInterval(timer);
    signal.removeEventListener("abort", onAbort);
  }
  if (outcome.kind === "not-started") return outcome;
  const reachedMs = Math.max(0, ...total.targets.map(({ counts }) => counts.lastSentAtMs));
  blocks.closeAll(outcome.kind === "finished" ? Number.POSITIVE_INFINITY : reachedMs);
  const lost = await blocks.saved();
  const interrupted = signal.aborted && outcome.kind === "interrupted";
  const around = { plan: plan.load, tally: total, breach: null, interrupted, lost, machine: cpu.machine() };
  return { kind: "measured", records: blocks.records, end: describeEnd(outcome, around), interrupted, lost };
}

const blockMsOf = ({ load }: ComparePlan): number => load.blocks?.blockMs ?? load.durationMs;

interface KeptBlocks {
  readonly records: readonly BlockRecord[];
  /** Why a block could not be saved; null while all were. */
  readonly lost: string | null;
  add(sample: Sample): void;
  drop(dropped: Dropped): void;
  /** The first so many blocks as they stand. */
  snapshot(count: number): readonly BlockRecord[];
  closeOver(elapsedMs: number): void;
  /** @param reachedMs up to when requests were sent: a block that ends later is not whole */
  closeAll(reachedMs: number): void;
  /** Once all is written. */
  saved(): Promise<string | null>;
}

function keepBlocks({ plan, save }: BlocksOptions): KeptBlocks {
  const blockMs = blockMsOf(plan);
  const timeoutMs = Math.max(0, ...plan.load.targets.map((target) => target.timeoutMs));
  const useOf = new Map(plan.lanes.map(({ id, use }) => [id, use]));
  const open = new Map<number, BlockTally>();
  const closed = new Set<number>();
  const records: BlockRecord[] = [];
  const writing: Promise<void>[] = [];
  let lost: string | null = null;

  const tallyAt = (number: number): BlockTally | null => {
    if (closed.has(number)) return null;
    const tally = open.get(number) ?? createBlockTally();
    open.set(number, tally);
    return tally;
  };
  const close = (number: number, tally: BlockTally, complete: boolean): void => {
    open.delete(number);
    closed.add(number);
    const saved = saveBlock(number, complete, tally, packing);
    records.push(recordOf(saved));
    writing.push(
      save(saved).catch((error: unknown) => {
        lost ??= reason(error);
      }),
    );
  };

  return {
    records,
    get lost() {
      return lost;
    },
    add(sample) {
      const number = blockOfSample(plan, sample.target, dueAt(sample));
      const tally = number === null ? null : tallyAt(number);
      if (tally !== null) addToBlock(tally, sample, useOf.get(sample.target) ?? "reused");
    },
    drop({ target, phase, count, atMs }) {
      if (phase === "warmup" || target === null) return;
      // The Node engine gives up at the very end what no connection was free for: then the last block is still open.
      const number = blockOfSample(plan, target, ms(atMs ?? plan.load.durationMs));
      const tally = number === null ? null : tallyAt(number);
      if (tally !== null) tally.counts.dropped += count;
    },
    snapshot(count) {
      const pending = [...open]
        .filter(([number]) => number < count)
        .map(([number, tally]) => recordOf(saveBlock(number, true, tally, packing)));
      return [...records.filter(({ number }) => number < count), ...pending];
    },
    closeOver(elapsedMs) {
      for (const [number, tally] of open)
        if ((number + 1) * blockMs + timeoutMs + slackMs < elapsedMs) close(number, tally, true);
    },
    closeAll(reachedMs) {
      for (const [number, tally] of open) close(number, tally, (number + 1) * blockMs <= reachedMs);
    },
    async saved() {
      await Promise.all(writing);
      return lost;
    },
  };
}

/** When a request was due; of a failed one, when it was sent. */
const dueAt = ({ sentAtMs, serviceMs, responseMs }: Sample): Ms =>
  serviceMs === null || responseMs === null ? sentAtMs : ms(sentAtMs + serviceMs - responseMs);

/** As it will be read again, so that a saved run is judged alike. */
function recordOf(saved: SavedBlock): BlockRecord {
  const read = readBlock(saved, packing);
  if (read.kind === "broken") throw new Error(`a block cannot be read as it was written: ${read.problem}`);
  return read.block;
}
