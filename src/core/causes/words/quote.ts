/** A body or header as it may stand in a sentence: in quotation marks, on one line, cut. */
export function quote(text: string, lengthMax = 240): string {
  // Cut first: a body is up to 16 KiB, and a sentence shows a small part of it.
  const line = oneLine(text.slice(0, lengthMax * 4));
  return line.length > lengthMax ? `"${line.slice(0, lengthMax - 1)}…"` : `"${line}"`;
}

/** White space as single spaces, and control characters, with which a peer could write to the terminal, as `·`. */
export const oneLine = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, "·")
    .trim();
