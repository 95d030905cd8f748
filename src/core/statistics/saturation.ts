import { showMs } from "#core/units.ts";

/** What is known of how the generator itself fared, for one target of a load. */
export interface GeneratorFacts extends MachineFacts {
  readonly requests: number;
  /** Due and never sent. */
  readonly dropped: number;
  /** From due to sent on open connections; null where nothing is due or nothing was sent so. */
  readonly lateMsP99: number | null;
  readonly serviceMsP99: number | null;
}

/** The same of its machine, while it measured. */
export interface MachineFacts {
  /** Of all cores of the machine, by the load's own processes, in [0, 1]; null when not known. */
  readonly cpuShare: number | null;
  /** Of the time of all cores, what the hypervisor gave to others, in [0, 1]; null when not known. */
  readonly stealShare: number | null;
  /** Of the scheduler's periods, those in which a quota held the container back, in [0, 1]; null without one. */
  readonly throttledShare: number | null;
}

/** Of what holds them, these alone. */
export const machineOf = ({ cpuShare, stealShare, throttledShare }: MachineFacts): MachineFacts => ({
  cpuShare,
  stealShare,
  throttledShare,
});

export const unknownMachine: MachineFacts = { cpuShare: null, stealShare: null, throttledShare: null };

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
/** What is stolen comes in pieces of milliseconds: with a twentieth of the time, one request in twenty may have met one. */
const stealShareMax = 0.05;
const stealShareHigh = 0.01;
/** A period held back is a stall of up to 100 ms: with one in a hundred the 99th percentile is the quota's. */
const throttledShareMax = 0.01;

/** Whether the measuring machine was the bottleneck. */
export function judgeGenerator(facts: GeneratorFacts): GeneratorVerdict {
  const { requests, dropped, lateMsP99, serviceMsP99, cpuShare, stealShare, throttledShare } = facts;
  const due = requests + dropped;
  const lost = dropped > droppedShareMax * due;
  const late = lateMsP99 !== null && lateMsP99 > Math.max(lateMsMax, (serviceMsP99 ?? 0) / 2);
  const busy = cpuShare !== null && cpuShare > cpuShareMax;
  const stolen = stealShare !== null && stealShare > stealShareMax;
  const throttled = throttledShare !== null && throttledShare > throttledShareMax;
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
    stealShare !== null && stealShare > stealShareHigh
      ? `The hypervisor gave ${percent(stealShare)} of this machine's CPU time to others (steal)${stolen ? ": what was late may be its doing" : ""}.`
      : null,
    throttledShare !== null && throttledShare > 0
      ? `A CPU quota held this container back in ${percent(throttledShare)} of the scheduler's periods${throttled ? ": give it more CPU, or less to send" : ""}.`
      : null,
  ].filter((sentence) => sentence !== null);
  const timesDoubtful = late || busy || stolen || throttled;
  return { saturated: lost || timesDoubtful, timesDoubtful, sentences };
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;
