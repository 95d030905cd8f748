// Native functions and one small pattern instead of loops over characters: inside k6 an interpreted loop costs some 200 ns a
// turn, and these run for every request.

const unreserved = /^[\w.~-]*$/;
const unreservedPath = /^[\w.~/-]*$/;
/** What `encodeURIComponent` leaves alone beyond RFC 3986. */
const leftAlone = /[!'()*]/g;

const percent = (byte: number): string => `%${byte < 16 ? "0" : ""}${byte.toString(16).toUpperCase()}`;

function encodeWellFormed(text: string): string {
  return encodeURIComponent(text).replace(leftAlone, (sign) => percent(sign.charCodeAt(0)));
}

/** Half a surrogate pair stands for no character; it becomes U+FFFD, as everywhere where text turns to UTF-8. */
const encodeCharacter = (character: string): string =>
  character >= "\uD800" && character <= "\uDFFF" && character.length === 1 ? "%EF%BF%BD" : encodeWellFormed(character);

/** Every character but the unreserved ones of RFC 3986 percent-encoded, `%` included: what was encoded is encoded again. */
export function encodeText(text: string): string {
  if (unreserved.test(text)) return text;
  try {
    return encodeWellFormed(text);
  } catch {
    return Array.from(text, encodeCharacter).join("");
  }
}

/** The same, but `/` stays. */
export const encodePath = (path: string): string =>
  unreservedPath.test(path) ? path : encodeText(path).replaceAll("%2F", "/");

const triplet = /%[0-9A-Fa-f]{2}/g;

/**
 * Text that is percent-encoded in any way, percent-encoded in the one way SigV4 wants: as if decoded and encoded again, but
 * byte by byte, so that bytes which are no UTF-8 pass too. A `%` that begins no triplet counts as a percent sign.
 */
export function recode(text: string): string {
  if (unreserved.test(text)) return text;
  let recoded = "";
  let done = 0;
  for (const match of text.matchAll(triplet)) {
    const byte = Number.parseInt(match[0].slice(1), 16);
    const character = String.fromCharCode(byte);
    recoded += encodeText(text.slice(done, match.index));
    recoded += byte < 128 && unreserved.test(character) ? character : match[0].toUpperCase();
    done = match.index + 3;
  }
  return recoded + encodeText(text.slice(done));
}

/** The text behind percent-encoding; what is no UTF-8 stays as it is. */
export function decodeText(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
