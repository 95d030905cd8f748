import type { LoadPlan } from "#core/plan/load-plan.ts";
import { type LiveTarget, type LiveView, renderLive, renderLiveLine } from "#core/reporters/live.ts";
import type { TargetTally } from "#core/statistics/target-tally.ts";
import type { Terminal } from "../terminal.ts";
import type { LoadState } from "./measure.ts";

export interface Live {
  show(state: LoadState): void;
  /** A line among what is redrawn. */
  say(line: string): void;
  end(): void;
}

const lineEveryMs = 5000;
/** Over how many looks a rate is taken. */
const looksKept = 5;

/** A block that is redrawn on a terminal; a line every five seconds elsewhere; nothing when quiet. */
export function startLive(terminal: Terminal, plan: LoadPlan, engine: "k6" | "node", quiet: boolean): Live {
  const rates = createRates();
  let drawn = 0;
  let saidAt = performance.now();
  const wipe = (): void => {
    if (drawn > 0) terminal.err(`\x1b[${drawn}A\x1b[0J`);
    drawn = 0;
  };
  return {
    show(state) {
      if (quiet) return;
      const view = viewOf(state, plan, engine, rates);
      if (terminal.interactive) {
        const lines = renderLive(view, { paint: terminal.paint, columns: terminal.columns });
        wipe();
        terminal.err(`${lines.join("\n")}\n`);
        drawn = lines.length;
      } else if (performance.now() - saidAt >= lineEveryMs) {
        saidAt = performance.now();
        terminal.err(`pathproof: ${renderLiveLine(view)}\n`);
      }
    },
    say(line) {
      wipe();
      terminal.err(`pathproof: ${line}\n`);
    },
    end: wipe,
  };
}

/** Requests per second of late, by target. */
interface Rates {
  look(target: string, requests: number): number;
}

function createRates(): Rates {
  const looks = new Map<string, { readonly requests: number; readonly at: number }[]>();
  return {
    look(target, requests) {
      const seen = looks.get(target) ?? [];
      looks.set(target, seen);
      const now = { requests, at: performance.now() };
      seen.push(now);
      if (seen.length > looksKept + 1) seen.shift();
      const [first = now] = seen;
      return now.at === first.at ? 0 : ((now.requests - first.requests) / (now.at - first.at)) * 1000;
    },
  };
}

function viewOf({ tally, elapsedMs }: LoadState, plan: LoadPlan, engine: "k6" | "node", rates: Rates): LiveView {
  const totalMs = plan.warmupMs + plan.durationMs;
  return {
    load: plan.load,
    engine,
    phase: phaseOf(elapsedMs, plan.warmupMs, totalMs),
    elapsedMs: elapsedMs ?? 0,
    totalMs,
    // Targets that take turns have none of their own.
    rateAsked: plan.arrival.kind === "open" && plan.blocks === undefined ? plan.arrival.rate : null,
    targets: tally.targets.map((own) => liveTarget(own, rates)),
  };
}

function phaseOf(elapsedMs: number | null, warmupMs: number, totalMs: number): LiveView["phase"] {
  if (elapsedMs === null) return "starting";
  if (elapsedMs < warmupMs) return "warming up";
  return elapsedMs < totalMs ? "measuring" : "ending";
}

const liveTarget = ({ target, counts, times }: TargetTally, rates: Rates): LiveTarget => ({
  id: target,
  rateGot: rates.look(target, counts.requests + counts.warmup),
  p50Ms: times.service.quantile(0.5),
  p99Ms: times.service.quantile(0.99),
  failures: counts.failed,
  requests: counts.requests,
  dropped: counts.dropped,
  reuse: counts.couldReuse === 0 ? null : counts.didReuse / counts.couldReuse,
});
