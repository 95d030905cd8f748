/** A body or header as it may stand in a sentence: in quotation marks, on one line, cut, control characters shown as `·`. */
export function quote(text: string, lengthMax = 240): string {
  // Cut first: a body is up to 16 KiB, and a sentence shows a small part of it.
  const line = text
    .slice(0, lengthMax * 4)
    .replace(/\s+/g, " ")
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, "·")
    .trim();
  return line.length > lengthMax ? `"${line.slice(0, lengthMax - 1)}…"` : `"${line}"`;
}
