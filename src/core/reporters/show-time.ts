/** `1.2 s`, `350 ms`, `4 min 10 s`, `24 h`. */
export function showElapsed(elapsedMs: number): string {
  if (elapsedMs < 1000) return `${Math.round(elapsedMs)} ms`;
  if (elapsedMs < 59_950) return `${Number((elapsedMs / 1000).toFixed(1))} s`;
  const seconds = Math.round(elapsedMs / 1000);
  const parts = [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}

/** How long something would take, to no more digits than a forecast has: `48 s`, `63 min`, `9.3 h`. */
export function showForecast(ms: number): string {
  if (ms < 120_000) return `${Math.ceil(ms / 1000)} s`;
  if (ms < 2 * 3_600_000) return `${Math.ceil(ms / 60_000)} min`;
  return `${Number((ms / 3_600_000).toPrecision(2))} h`;
}

/** A second of a run as a clock has it: `1:30`, `2:00:05`. */
export function clock(second: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(second / 60);
  return minutes < 60
    ? `${minutes}:${two(second % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(second % 60)}`;
}
