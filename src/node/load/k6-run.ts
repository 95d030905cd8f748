import { type Ms, ms, seconds, showMs } from "#core/units.ts";
import { type CsvSamples, createCsvSamples } from "./csv-samples.ts";
import { exitSentence } from "./exit-sentence.ts";
import { k6Arguments, refuseOutput } from "./k6-arguments.ts";
import { k6Environment } from "./k6-environment.ts";
import { type K6Folder, prepareK6Folder } from "./k6-folder.ts";
import { createK6Log, type K6Log } from "./k6-log.ts";
import type { K6Facts, K6Outcome, K6RunOptions } from "./k6-outcome.ts";
import { type Ended, type K6Process, startK6 } from "./k6-process.ts";

/**
 * Runs a load in k6 and hands its samples over while it runs. Always settles, within the load's own length and some slack,
 * and says in its outcome whatever went otherwise than planned. Never rejects.
 */
export async function runK6(options: K6RunOptions): Promise<K6Outcome> {
  const refused = options.outputs.map(refuseOutput).find((why) => why !== null);
  if (refused) return notStarted(refused);
  let folder: K6Folder;
  try {
    folder = await prepareK6Folder(options);
  } catch (error) {
    return notStarted(`What k6 needs could not be written: ${describe(error)}.`);
  }
  try {
    return await runIn(folder, options);
  } finally {
    await folder.remove().catch(() => undefined);
  }
}

async function runIn(folder: K6Folder, options: K6RunOptions): Promise<K6Outcome> {
  const reading = startReading(options);
  let k6: K6Process;
  try {
    k6 = await startK6({
      path: options.k6.path,
      args: k6Arguments({ ...options, ...folder }),
      env: k6Environment(process.env, { ...options, folder: folder.path, caFile: folder.caFile }),
      // Outputs that name a relative file mean it from here.
      cwd: process.cwd(),
      stopDeadlineMs: options.stopDeadlineMs ?? seconds(15),
      onRows: reading.onRows,
      onLog: (chunk) => reading.log.push(chunk),
    });
  } catch (error) {
    return notStarted(`${options.k6.path} could not be started: ${describe(error)}.`);
  }
  options.onStarted?.(k6.pid);
  const watch = supervise(k6, reading, options);
  const ended = await k6.ended;
  watch.end();
  reading.end();
  return outcomeOf(ended, reading, watch.stoppedFor());
}

interface Reading {
  readonly samples: CsvSamples;
  readonly log: K6Log;
  readonly onRows: (chunk: Buffer) => void;
  /** Why reading was given up; null while it goes on. */
  readonly problem: string | null;
  /** Called once, when reading is given up. */
  whenBroken(stop: () => void): void;
  end(): void;
}

/** What a sink throws, a full disk behind it for example, ends the load: to go on would be to measure for nobody. */
function startReading({ plan, sink }: K6RunOptions): Reading {
  const samples = createCsvSamples(plan, sink);
  const log = createK6Log((line) => sink.warning(`k6: ${line}`));
  let problem: string | null = null;
  let onBroken = (): void => undefined;
  const guarded = (work: () => void): void => {
    if (problem !== null) return;
    try {
      work();
    } catch (error) {
      problem = describe(error);
      onBroken();
    }
  };
  return {
    samples,
    log,
    onRows: (chunk) => guarded(() => samples.push(chunk)),
    get problem() {
      return problem;
    },
    whenBroken(stop) {
      onBroken = stop;
      if (problem !== null) stop();
    },
    end() {
      log.end();
      guarded(() => samples.end());
    },
  };
}

/** Why the load was stopped before its end. */
type Stopped =
  | { readonly kind: "signal" }
  | { readonly kind: "deadline"; readonly message: string }
  | { readonly kind: "broken" };

interface Watch {
  stoppedFor(): Stopped | null;
  end(): void;
}

function supervise(k6: K6Process, reading: Reading, options: K6RunOptions): Watch {
  let stopped: Stopped | null = null;
  const stop = (why: Stopped): void => {
    stopped ??= why;
    k6.stop();
  };
  const startMs = options.startDeadlineMs ?? seconds(60);
  const start = setTimeout(() => {
    if (!reading.samples.begun) stop({ kind: "deadline", message: `k6 wrote nothing within ${showMs(startMs)}` });
  }, startMs);
  const wholeMs = lengthMsMax(options);
  const whole = setTimeout(
    () => stop({ kind: "deadline", message: `k6 had not ended ${showMs(wholeMs)} after its start` }),
    Math.min(wholeMs, 2 ** 31 - 1),
  );
  const onAbort = (): void => stop({ kind: "signal" });
  if (options.signal.aborted) onAbort();
  else options.signal.addEventListener("abort", onAbort, { once: true });
  reading.whenBroken(() => stop({ kind: "broken" }));
  return {
    stoppedFor: () => stopped,
    end() {
      clearTimeout(start);
      clearTimeout(whole);
      options.signal.removeEventListener("abort", onAbort);
    },
  };
}

/** The load itself, what may still be under way at its end, and a minute for starting and ending. */
function lengthMsMax({ plan, startDeadlineMs }: K6RunOptions): Ms {
  const timeoutMs = Math.max(0, ...plan.targets.map((target) => target.timeoutMs));
  return ms(plan.warmupMs + plan.durationMs + 2 * timeoutMs + (startDeadlineMs ?? seconds(60)) + seconds(60));
}

function outcomeOf(ended: Ended, reading: Reading, stopped: Stopped | null): K6Outcome {
  const facts = factsOf(ended, reading);
  const said = exitSentence(ended.code, ended.signal);
  const words = reading.log.errors.length > 0 ? ` It said: ${reading.log.errors.join(" · ")}` : "";
  if (reading.problem !== null)
    return { kind: "failed", message: `The samples of k6 could not be taken: ${reading.problem}.`, facts };
  if (stopped?.kind === "deadline") {
    const message = `${stopped.message}, and was stopped.${words}`;
    return reading.samples.begun ? { kind: "failed", message, facts } : { kind: "not-started", message };
  }
  if (stopped?.kind === "signal") return { kind: "interrupted", facts };
  if (said === null) return { kind: "finished", facts };
  if (!reading.samples.begun) return { kind: "not-started", message: `${said}${words}` };
  return { kind: "failed", message: `${said}${words}`, facts };
}

function factsOf(ended: Ended, { samples, log }: Reading): K6Facts {
  const { exceptions, firstException, lagMsMax, ...facts } = samples.facts;
  return {
    ...facts,
    thrown: exceptions + log.thrown,
    firstException: firstException ?? log.firstException,
    lagMsMax: ms(lagMsMax),
    exitCode: ended.code,
  };
}

const notStarted = (message: string): K6Outcome => ({ kind: "not-started", message });

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));
