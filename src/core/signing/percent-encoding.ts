const upperHex = "0123456789ABCDEF";

/** `A-Z a-z 0-9 - . _ ~` of RFC 3986: what SigV4 leaves as it is. */
const isUnreserved = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 45 && code <= 57 && code !== 47) ||
  code === 95 ||
  code === 126;

const percent = (byte: number): string => `%${upperHex.charAt(byte >> 4)}${upperHex.charAt(byte & 15)}`;

/** One character, surrogate pairs together, as percent-encoded UTF-8; half a pair becomes U+FFFD as everywhere else. */
function encodeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 128) return percent(code);
  if (character.length === 1 && code >= 0xd800 && code <= 0xdfff) return "%EF%BF%BD";
  return encodeURIComponent(character);
}

/** Everything but unreserved characters and `/` percent-encoded, `%` included: what was encoded is encoded again. */
export function encodePath(path: string): string {
  let clean = 0;
  while (clean < path.length && (path.charCodeAt(clean) === 47 || isUnreserved(path.charCodeAt(clean)))) clean += 1;
  if (clean === path.length) return path;
  let encoded = path.slice(0, clean);
  for (const character of path.slice(clean)) {
    const code = character.charCodeAt(0);
    encoded += code === 47 || isUnreserved(code) ? character : encodeCharacter(character);
  }
  return encoded;
}

/** Every character but the unreserved ones percent-encoded. */
export const encodeText = (text: string): string => encodePath(text).replaceAll("/", "%2F");

const hexValue = (code: number): number => {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
};

/** The byte that `%XX` at `at` stands for, or -1 when there is no such triplet. */
function byteAt(text: string, at: number): number {
  if (text.charCodeAt(at) !== 37 || at + 2 >= text.length) return -1;
  const high = hexValue(text.charCodeAt(at + 1));
  const low = hexValue(text.charCodeAt(at + 2));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/**
 * Text that is percent-encoded in any way, percent-encoded in the one way SigV4 wants: as if decoded and encoded again, but
 * byte by byte, so that bytes which are no UTF-8 pass too. A `%` that begins no triplet counts as a percent sign.
 */
export function recode(text: string): string {
  let clean = 0;
  while (clean < text.length && isUnreserved(text.charCodeAt(clean))) clean += 1;
  if (clean === text.length) return text;
  let encoded = text.slice(0, clean);
  for (let at = clean; at < text.length; ) {
    const byte = byteAt(text, at);
    if (byte >= 0) {
      encoded += isUnreserved(byte) ? String.fromCharCode(byte) : percent(byte);
      at += 3;
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0xfffd);
    encoded += isUnreserved(character.charCodeAt(0)) ? character : encodeCharacter(character);
    at += character.length;
  }
  return encoded;
}

/** The bytes behind canonical percent-encoding as text; text that is no UTF-8 stays as it is. */
export function decodeText(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
