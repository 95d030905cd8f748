import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { LoadSink } from "#core/plan/load-run.ts";
import type { MachineFacts } from "#core/statistics/saturation.ts";
import { type Ms, ms } from "#core/units.ts";
import { createCpuMeter } from "./cpu-meter.ts";
import type { EngineOutcome, LoadEngine } from "./engine.ts";

export interface Drive {
  readonly plan: LoadPlan;
  readonly engine: LoadEngine;
  /** The user's. */
  readonly signal: AbortSignal;
  /** Ends the load for a reason of ours. */
  readonly stop: AbortController;
  readonly sink: Omit<LoadSink, "warning">;
  /** Every second. @param elapsedMs since the first sample; null before it */
  readonly onTick: (elapsedMs: Ms | null) => void;
  readonly onWarning: (line: string) => void;
}

export type Driven =
  | {
      readonly kind: "ended";
      readonly outcome: Exclude<EngineOutcome, { kind: "not-started" }>;
      /** By the user. */
      readonly interrupted: boolean;
      /** While it measured. */
      readonly machine: MachineFacts;
    }
  | { readonly kind: "not-started"; readonly message: string };

const tickMs = 1000;

/** Runs an engine to its end, whoever ends it, and looks at it and at the machine every second. */
export async function driveEngine({ plan, engine, signal, stop, sink, ...means }: Drive): Promise<Driven> {
  let pid: number | null = null;
  let firstAt: number | null = null;
  const cpu = createCpuMeter(() => pid);
  const tick = (): void => {
    const elapsedMs = firstAt === null ? null : ms(performance.now() - firstAt);
    means.onTick(elapsedMs);
    const measuredMs = elapsedMs === null ? -1 : elapsedMs - plan.warmupMs;
    if (measuredMs < 0) return;
    cpu.begin();
    if (measuredMs <= plan.durationMs) cpu.look();
  };
  const onAbort = (): void => stop.abort();
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  const timer = setInterval(tick, tickMs);
  try {
    const outcome = await engine({
      signal: stop.signal,
      onStarted: (started) => {
        pid = started;
      },
      sink: {
        ...sink,
        sample(sample) {
          firstAt ??= performance.now();
          sink.sample(sample);
        },
        // Once it has been told to end, what it says is that it was.
        warning: (line) => {
          if (!stop.signal.aborted) means.onWarning(line);
        },
      },
    });
    if (outcome.kind === "not-started") return outcome;
    const interrupted = signal.aborted && outcome.kind === "interrupted";
    return { kind: "ended", outcome, interrupted, machine: cpu.machine() };
  } finally {
    clearInterval(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
