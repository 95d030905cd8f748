/**
 * What the reference echo function can be asked for: query parameters of the request or, where it is invoked directly, keys
 * of the JSON payload. Asked for nothing, it answers with the JSON text of the event it was given.
 */
export const echoSwitch = {
  /** Milliseconds to wait before answering, fractions allowed. */
  delay: "delay",
  /** `50:2`: two in a hundred answers come 50 ms later, drawn by `seed`: which ones is the same each time the lab is started. */
  tail: "tail",
  /** A whole number for `tail`; 1 where absent. */
  seed: "seed",
  /** The HTTP status to answer with; without effect in a direct invocation. */
  status: "status",
  /** Answer with a body of so many bytes instead of the event. */
  bytes: "bytes",
  /** Send so many bytes of response headers beyond the usual ones, in values of at most 1024 bytes each. */
  headers: "headers",
  /** Throw an error of this message instead of answering. */
  error: "error",
  /** `1`: answer with an `EchoDigest` instead of the event. */
  digest: "digest",
  /** A name: when this invocation comes to its end, whether or not anybody still waits for it, one more is counted under it. */
  mark: "mark",
  /** A name: answer with `EchoMarks`, how many have come to their end under it, instead of the event. */
  marked: "marked",
} as const;

/** What one instance of the function remembers; another one's count says nothing of this one's. */
export interface EchoMarks {
  readonly marked: number;
  readonly instance: string;
}

/** In a direct invocation: the key of the payload whose text counts as the body. */
export const echoBodyKey = "body";

/** The names of the headers sent for `headers` begin with this; a number follows. */
export const echoHeaderPrefix = "x-echo-filler-";

/** What the function got as body, after undoing the event's base64; so that large bodies need not travel back. */
export interface EchoDigest {
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** Reads the answer to `marked=…`; null when it is anything else, as of a function that keeps no marks. */
export function parseEchoMarks(text: string): EchoMarks | null {
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || !("marked" in value) || !("instance" in value)) return null;
  const { marked, instance } = value;
  return typeof marked === "number" && typeof instance === "string" ? { marked, instance } : null;
}

/** Reads the answer to `digest=1`; null when it is anything else. */
export function parseEchoDigest(text: string): EchoDigest | null {
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || !("bytes" in value) || !("sha256" in value)) return null;
  const { bytes, sha256 } = value;
  return typeof bytes === "number" && typeof sha256 === "string" ? { bytes, sha256 } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
