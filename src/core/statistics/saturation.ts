import { showMs } from "#core/units.ts";

/** What is known of how the generator itself fared, for one target of a load. */
export interface GeneratorFacts {
  readonly requests: number;
  /** Due and never sent. */
  readonly dropped: number;
  /** From due to sent on open connections; null where nothing is due or nothing was sent so. */
  readonly lateMsP99: number | null;
  readonly serviceMsP99: number | null;
  /** Of all cores of the machine, by the load's own processes, in [0, 1]; null when not known. */
  readonly cpuShare: number | null;
}

export interface GeneratorVerdict {
  readonly saturated: boolean;
  /** Whether the times themselves may be the generator's own: then they prove nothing, good or bad. */
  readonly timesDoubtful: boolean;
  /** What saturated it, or came near. */
  readonly sentences: readonly string[];
}

/** One request in a thousand: beyond it the slowest were perhaps never sent. */
const droppedShareMax = 0.001;
/** What a busy scheduler costs at times; later than this, and than half the service time, times are mostly the wait. */
const lateMsMax = 50;
const cpuShareMax = 0.9;
const cpuShareHigh = 0.7;

/** Whether the measuring machine was the bottleneck. */
export function judgeGenerator(facts: GeneratorFacts): GeneratorVerdict {
  const { requests, dropped, lateMsP99, serviceMsP99, cpuShare } = facts;
  const due = requests + dropped;
  const lost = dropped > droppedShareMax * due;
  const late = lateMsP99 !== null && lateMsP99 > Math.max(lateMsMax, (serviceMsP99 ?? 0) / 2);
  const busy = cpuShare !== null && cpuShare > cpuShareMax;
  const sentences = [
    dropped > 0
      ? `${dropped} of ${due} requests that were due were never sent: no connection was free to send them on${lost ? "" : "; too few to call the generator saturated"}.`
      : null,
    late
      ? `One request in a hundred was sent ${showMs(lateMsP99)} late or later, though its connection was open: the times are partly the generator's own.`
      : null,
    cpuShare !== null && cpuShare > cpuShareHigh
      ? `The generator took ${Math.round(cpuShare * 100)} % of this machine's CPU${busy ? "" : ", which is near its limit"}.`
      : null,
  ].filter((sentence) => sentence !== null);
  return { saturated: lost || late || busy, timesDoubtful: late || busy, sentences };
}
