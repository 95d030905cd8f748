import type { ReportedBlock } from "./reported-comparison.ts";
import { type Span, spanOf } from "./time-bins.ts";

/** What one or several rounds came to on one use of connections, for an eye that could not see each of them. */
export interface BlockBin {
  /** Rounds, from 0; `to` is the last that is in it. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds since the comparison began, of its first block. */
  readonly startMs: number;
  readonly failures: number;
  readonly dropped: number;
  /** Of its worst block; null where the generator cannot tell. */
  readonly lateMsP99: number | null;
  /** Blocks in which the generator was the bottleneck. */
  readonly saturated: number;
  /** Of each target's best and worst block: quantiles of blocks cannot be averaged. Null: nothing was answered. */
  readonly targets: ReadonlyMap<string, { readonly p50: Span | null; readonly p99: Span | null }>;
}

/** At most `most` bins of equally many rounds. Blocks that were cut short are left out, as they are from the comparison. */
export function blockBins(blocks: readonly ReportedBlock[], most: number): readonly BlockBin[] {
  const whole = blocks.filter(({ complete }) => complete);
  const rounds = [...new Set(whole.map(({ round }) => round))].sort((a, b) => a - b);
  const each = Math.max(1, Math.ceil(rounds.length / most));
  const byRound = new Map<number, ReportedBlock[]>();
  for (const block of whole) byRound.set(block.round, [...(byRound.get(block.round) ?? []), block]);
  return Array.from({ length: Math.ceil(rounds.length / each) }, (_, index) =>
    binOf(rounds.slice(index * each, (index + 1) * each).flatMap((round) => byRound.get(round) ?? [])),
  );
}

function binOf(blocks: readonly ReportedBlock[]): BlockBin {
  const targets = [...new Set(blocks.map(({ target }) => target))];
  const late = blocks.map(({ lateMsP99 }) => lateMsP99).filter((known) => known !== null);
  return {
    from: Math.min(...blocks.map(({ round }) => round)),
    to: Math.max(...blocks.map(({ round }) => round)),
    startMs: Math.min(...blocks.map(({ startMs }) => startMs)),
    failures: blocks.reduce((sum, { failures }) => sum + failures, 0),
    dropped: blocks.reduce((sum, { dropped }) => sum + dropped, 0),
    lateMsP99: late.length === 0 ? null : Math.max(...late),
    saturated: blocks.filter(({ saturated }) => saturated).length,
    targets: new Map(
      targets.map((target) => {
        const own = blocks.filter((block) => block.target === target);
        return [
          target,
          {
            p50: spanOf(own.map(({ latencyMsP50 }) => latencyMsP50)),
            p99: spanOf(own.map(({ latencyMsP99 }) => latencyMsP99)),
          },
        ] as const;
      }),
    ),
  };
}
