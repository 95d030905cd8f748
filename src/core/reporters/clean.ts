/**
 * Text from the wire made safe to print: terminal escapes, NUL and other control characters become visible (`\x1b`), line
 * ends and tabs become spaces unless `lines` are wanted. Bidirectional overrides go too: they can make a line lie.
 */
export function clean(text: string, lines: "keep" | "join" = "join"): string {
  const shown = text.replace(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    escaped,
  );
  return lines === "keep" ? shown.replace(/\r\n?/g, "\n") : shown.replace(/[\r\n\t]+/g, " ");
}

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
}

/** Cut at `most` characters, saying so. */
export const clip = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1))}…`;
