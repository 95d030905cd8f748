const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** UTF-8; a lone surrogate becomes U+FFFD, as everywhere else. */
function utf8(text: string): readonly number[] {
  return [...text].flatMap((character) => {
    const found = character.codePointAt(0) ?? 0;
    const code = found >= 0xd800 && found <= 0xdfff ? 0xfffd : found;
    const tail = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
    if (code < 0x80) return [code];
    if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
    if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
    return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
  });
}

/** A text's UTF-8 bytes in base64: for comparing, since core has neither Buffer nor btoa. */
export function base64Of(text: string): string {
  const bytes = utf8(text);
  const groups: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.slice(at, at + 3);
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    const letters = [18, 12, 6, 0].map((shift) => alphabet[(bits >> shift) & 0x3f] ?? "");
    if (third === undefined) letters[3] = "=";
    if (second === undefined) letters[2] = "=";
    groups.push(letters.join(""));
  }
  return groups.join("");
}
