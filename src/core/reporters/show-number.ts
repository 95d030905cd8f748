/** `59,988`; decimals as they are. */
export function grouped(value: number): string {
  const [whole = "", decimals] = String(value).split(".");
  const thousands = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return decimals === undefined ? thousands : `${thousands}.${decimals}`;
}

/** What stands where there is no number. */
export const dash = "–";

/** As many digits as the histograms keep: `0.312`, `2.10`, `41.2`, `312`, `12,300`; a dash for what is not known. */
export function threeDigits(value: number | null): string {
  if (value === null) return dash;
  if (value === 0) return "0";
  if (value < 0.9995) return value.toFixed(3);
  if (value < 9.995) return value.toFixed(2);
  return value < 99.95 ? value.toFixed(1) : grouped(Math.round(value));
}

/** `199.9`, `2,000`: per second, the unit is the caller's. */
export const showRate = (perSecond: number): string => grouped(Number(perSecond.toFixed(perSecond < 1000 ? 1 : 0)));

/** `0%`, `0.02%`, `12.5%`; what is not nothing is never shown as nothing, nor what is not all as all. */
export function showShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.001) return "<0.001%";
  if (percent < 100 && percent > 99.999) return ">99.999%";
  if (percent === 0 || percent === 100) return `${percent}%`;
  const nearEnd = percent < 0.1 || percent > 99.9;
  return `${Number(percent.toFixed(nearEnd ? 3 : percent < 10 || percent > 90 ? 2 : 1))}%`;
}
