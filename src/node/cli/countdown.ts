import { showMs } from "#core/units.ts";
import type { Terminal } from "./terminal.ts";

const barWidth = 24;
const redrawMs = 250;
const lineEveryMs = 15_000;

/** How much of a known time is left: a bar that fills on a terminal, a line now and then elsewhere, nothing when quiet. */
export function startCountdown(terminal: Terminal, aboutMs: number, quiet: boolean): { end(): void } {
  if (quiet || aboutMs <= 0) return { end: () => {} };
  const startedAt = performance.now();
  const draw = (): void => {
    const passedMs = performance.now() - startedAt;
    const left = passedMs < aboutMs ? `${showSeconds(aboutMs - passedMs)} left at most` : "nearly done";
    if (!terminal.interactive) {
      terminal.err(`pathproof: ${showSeconds(passedMs)} of about ${showSeconds(aboutMs)} of silence, ${left}\n`);
      return;
    }
    const filled = Math.round(Math.min(1, passedMs / aboutMs) * barWidth);
    const bar = "━".repeat(filled) + terminal.paint.dim("━".repeat(barWidth - filled));
    terminal.err(`\r\x1b[2K  ${bar} ${left} ${terminal.paint.dim("(Ctrl-C reports what was measured so far)")}`);
  };
  const timer = setInterval(draw, terminal.interactive ? redrawMs : lineEveryMs);
  return {
    end() {
      clearInterval(timer);
      if (terminal.interactive) terminal.err("\r\x1b[2K");
    },
  };
}

const showSeconds = (value: number): string =>
  showMs(Math.max(1, Math.round(value / 1000)) * 1000).replace(/^1000 ms$/, "1 s");
