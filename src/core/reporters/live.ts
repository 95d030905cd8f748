import { showMs } from "#core/units.ts";
import { clean, clip } from "./clean.ts";
import { showRate, showShare } from "./show-number.ts";
import type { Paint } from "./terminal.ts";

/** A load at one moment. */
export interface LiveView {
  readonly load: string;
  readonly engine: "k6" | "node";
  /** Before the first request there is nothing to say but that it starts. */
  readonly phase: "starting" | "warming up" | "measuring" | "ending";
  /** Since the first request, warm-up included. */
  readonly elapsedMs: number;
  readonly totalMs: number;
  /** Per second and target; null in a closed loop. */
  readonly rateAsked: number | null;
  readonly targets: readonly LiveTarget[];
}

export interface LiveTarget {
  readonly id: string;
  /** Over the last seconds. */
  readonly rateGot: number;
  /** Of service, since measuring began; null while there is none. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly failures: number;
  readonly requests: number;
  readonly dropped: number;
  /** In [0, 1]; null while no request could have found an open connection. */
  readonly reuse: number | null;
}

const barWidth = 24;
const nameWidthMax = 24;
/** A block higher than the screen could not be redrawn. */
const targetsShown = 16;

/** The block that a terminal redraws: a bar, then a line a target. No line is wider than `columns`. */
export function renderLive(
  view: LiveView,
  { paint, columns }: { readonly paint: Paint; readonly columns: number },
): readonly string[] {
  const done = view.totalMs === 0 ? 0 : Math.min(1, view.elapsedMs / view.totalMs);
  const filled = Math.round(done * barWidth);
  const bar = "━".repeat(filled) + paint.dim("━".repeat(barWidth - filled));
  const words = clip(`${clean(view.load)} ${view.phase}, ${clock(view)}`, Math.max(10, columns - barWidth - 4));
  const width = Math.min(nameWidthMax, Math.max(0, ...view.targets.map(({ id }) => clean(id).length)));
  const more = view.targets.length - targetsShown;
  return [
    `  ${bar} ${words}`,
    ...view.targets.slice(0, targetsShown).map((target) => {
      const line = clip(`  ${clip(clean(target.id), width).padEnd(width)}  ${figures(target, view)}`, columns - 1);
      return target.failures > 0 ? paint.red(line) : line;
    }),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

/** The same for a log, in one line. */
export function renderLiveLine(view: LiveView): string {
  const targets = view.targets.map((target) => `${clean(target.id)} ${figures(target, view)}`);
  return [`${clean(view.load)} ${view.phase}, ${clock(view)}`, ...targets].join(" | ");
}

const clock = ({ phase, elapsedMs, totalMs }: LiveView): string =>
  phase === "starting"
    ? `${seconds(totalMs)} to go`
    : `${seconds(Math.min(elapsedMs, totalMs))} of ${seconds(totalMs)}, ${seconds(Math.max(0, totalMs - elapsedMs))} to go`;

/** `7s`, `1m 05s`, `1h 00m 00s`: columns that do not jump. */
function seconds(ms: number): string {
  const whole = Math.round(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${two(whole % 60)}s`;
  return `${Math.floor(whole / 3600)}h ${two(Math.floor((whole % 3600) / 60))}m ${two(whole % 60)}s`;
}

function figures(target: LiveTarget, { rateAsked }: LiveView): string {
  const asked = rateAsked === null ? "" : ` of ${showRate(rateAsked)}`;
  const time = (ms: number | null): string => (ms === null ? "–" : showMs(ms));
  return [
    `${showRate(target.rateGot)}${asked}/s`,
    `p50 ${time(target.p50Ms)}`,
    `p99 ${time(target.p99Ms)}`,
    target.failures === 0
      ? "none failed"
      : `${target.failures} failed (${showShare(target.failures / Math.max(1, target.requests))})`,
    target.reuse === null ? null : `reuse ${showShare(target.reuse)}`,
    target.dropped === 0 ? null : `${target.dropped} never sent`,
  ]
    .filter((part) => part !== null)
    .join("  ");
}
