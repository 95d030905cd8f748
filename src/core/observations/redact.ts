/** What stands where a secret stood. */
export const redacted = "[redacted]";

/** Base64 and hex alike; anything shorter would eat ordinary words. */
const secretLengthMin = 8;

// AWS echoes the canonical request it expected, and an echo function every header it was sent: raw, as JSON, as JSON in JSON,
// or as a query parameter. A name in a list of signed headers has neither colon nor equals sign after it.
const between = String.raw`[\\"'\s]*[:=][\\"'\s\[]*`;
const tokenPattern = new RegExp(String.raw`(x-amz-security-token${between})(?!redacted\])([^\s"'\\,;&<\[\]]+)`, "gi");
const signaturePattern = new RegExp(`(signature${between})([0-9a-f]{16,}|[0-9a-f]+$)`, "gi");

/**
 * `text` without the given secrets, however a peer may have encoded them, and without whatever stands where a signature or
 * a session token stands.
 */
export function redact(secrets: readonly string[], text: string): string {
  const forms = secrets.filter((secret) => secret.length >= secretLengthMin).flatMap(encodings);
  const withoutKnown = forms
    .sort((a, b) => b.length - a.length)
    .reduce((left, form) => left.replaceAll(form, redacted), text);
  return withoutKnown.replace(tokenPattern, `$1${redacted}`).replace(signaturePattern, `$1${redacted}`);
}

/** Like `redact`, for text that was cut off: the beginning of a secret at its end goes too. */
export function redactCut(secrets: readonly string[], text: string): string {
  const clean = redact(secrets, text);
  const forms = secrets.filter((secret) => secret.length >= secretLengthMin).flatMap(encodings);
  const tail = Math.max(0, ...forms.map((form) => prefixAtEnd(form, clean)));
  return tail === 0 ? clean : clean.slice(0, -tail) + redacted;
}

/** How many characters at the end of `text` are the beginning of `secret`. */
function prefixAtEnd(secret: string, text: string): number {
  for (let length = Math.min(secret.length - 1, text.length); length > 3; length--) {
    if (text.endsWith(secret.slice(0, length))) return length;
  }
  return 0;
}

/** As it is, percent-encoded, with JSON's escaped slashes, and with the two characters of base64 that HTML may escape. */
function encodings(secret: string): readonly string[] {
  const forms = [
    secret,
    secret.replace(/[^A-Za-z0-9\-._~]/g, percent),
    secret.replaceAll("/", "\\/"),
    secret.replaceAll("/", "&#x2F;").replaceAll("=", "&#x3D;"),
    secret.replaceAll("/", "&#47;").replaceAll("+", "&#43;").replaceAll("=", "&#61;"),
  ];
  return [...new Set(forms)];
}

const percent = (character: string): string =>
  character.charCodeAt(0) < 128 ? `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}` : character;

/** Headers whose values are secrets, whatever a config calls them: they come from the environment and go nowhere else. */
export const isSecretHeader = (name: string): boolean =>
  /authorization|cookie|token|secret|password|api-?key/.test(name);
