declare const unit: unique symbol;

/** Milliseconds, fractions allowed (0.001 is one microsecond). */
export type Ms = number & { readonly [unit]: "ms" };
/** Bytes; 1 KiB is 1024 of them. */
export type Bytes = number & { readonly [unit]: "bytes" };
/** Events per second. */
export type PerSecond = number & { readonly [unit]: "per-second" };
/** A share in [0, 1]. */
export type Ratio = number & { readonly [unit]: "ratio" };

// The brands are given here and nowhere else.
export const ms = (value: number): Ms => value as Ms;
export const seconds = (value: number): Ms => ms(value * 1000);
export const minutes = (value: number): Ms => seconds(value * 60);
export const bytes = (value: number): Bytes => value as Bytes;
export const kib = (value: number): Bytes => bytes(value * 1024);
export const mib = (value: number): Bytes => kib(value * 1024);
export const perSecond = (value: number): PerSecond => value as PerSecond;
export const ratio = (part: number, whole: number): Ratio => (whole === 0 ? 0 : part / whole) as Ratio;

/** `1.2 ms`, `350 ms`, `29 s`, `10 min`: for sentences, never for files. */
export function showMs(value: number): string {
  if (value >= 60_000 && value % 60_000 === 0) return `${value / 60_000} min`;
  if (value >= 10_000) return `${Number((value / 1000).toFixed(1))} s`;
  if (value >= 100) return `${Math.round(value)} ms`;
  return `${Number(value.toFixed(value >= 10 ? 1 : 2))} ms`;
}

/** `512 B`, `64 KiB`, `6 MiB`: for sentences, never for files. */
export function showBytes(value: number): string {
  if (value >= 1_048_576) return `${Number((value / 1_048_576).toFixed(2))} MiB`;
  if (value >= 1024) return `${Number((value / 1024).toFixed(1))} KiB`;
  return `${value} B`;
}
