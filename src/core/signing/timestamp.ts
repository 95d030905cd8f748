/** `20150830T123600Z`, in UTC; fractions of a second are dropped. */
export function amzDate(atMs: number): string {
  const iso = new Date(atMs).toISOString();
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`;
}

/** `20150830` of `20150830T123600Z`: the day of the credential scope. */
export const dayOf = (date: string): string => date.slice(0, 8);

/** Milliseconds since the epoch, or null when the text is no such moment. */
export function parseAmzDate(text: string): number | null {
  if (!/^\d{8}T\d{6}Z$/.test(text)) return null;
  const at = Date.parse(
    `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 11)}:${text.slice(11, 13)}:${text.slice(13, 15)}Z`,
  );
  return Number.isNaN(at) || amzDate(at) !== text ? null : at;
}
