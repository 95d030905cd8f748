import type { Terminal } from "./terminal.ts";

export interface Progress {
  /** One more of the whole is done; `failed` when that is bad news. */
  step(failed: boolean): void;
  end(): void;
}

const barWidth = 24;
const redrawMs = 100;
const lineEveryMs = 5000;

/** A bar that redraws itself on a terminal; a line every few seconds elsewhere; nothing when quiet. */
export function startProgress(terminal: Terminal, noun: string, total: number, quiet: boolean): Progress {
  if (quiet || total === 0) return { step: () => {}, end: () => {} };
  const draw = terminal.interactive ? drawBar : drawLine;
  let done = 0;
  let failed = 0;
  let drawnAt = performance.now();
  return {
    step(isFailure) {
      done += 1;
      if (isFailure) failed += 1;
      const now = performance.now();
      if (now - drawnAt < (terminal.interactive ? redrawMs : lineEveryMs)) return;
      drawnAt = now;
      draw(terminal, noun, { done, failed, total });
    },
    end: () => {
      if (terminal.interactive) terminal.err("\r\x1b[2K");
    },
  };
}

interface Count {
  readonly done: number;
  readonly failed: number;
  readonly total: number;
}

function drawBar(terminal: Terminal, noun: string, { done, failed, total }: Count): void {
  const filled = Math.round((done / total) * barWidth);
  const bar = "━".repeat(filled) + terminal.paint.dim("━".repeat(barWidth - filled));
  const bad = failed > 0 ? terminal.paint.red(` ${failed} failed`) : "";
  terminal.err(`\r\x1b[2K  ${bar} ${done}/${total} ${noun}${bad}`);
}

function drawLine(terminal: Terminal, noun: string, { done, failed, total }: Count): void {
  terminal.err(`pathproof: ${done}/${total} ${noun}${failed > 0 ? `, ${failed} failed` : ""}\n`);
}
