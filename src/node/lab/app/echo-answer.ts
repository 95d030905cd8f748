import { createHash } from "node:crypto";
import { type EchoDigest, echoBodyKey, echoHeaderPrefix } from "#core/events/echo.ts";
import { isObject } from "#core/events/json.ts";
import type { Marks } from "./echo-marks.ts";
import { type Switches, wholeNumber } from "./echo-switches.ts";

/** What the echo function has to say, before it is put in the form a front wants. */
export interface EchoAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const bytesMax = 32 * 1024 * 1024;
const headerBytesMax = 1024 * 1024;
const fillerBytes = 1024;

export function echoAnswer(event: unknown, switches: Switches, marks: Marks): EchoAnswer {
  return {
    status: wholeNumber(switches("status"), 200, 999),
    headers: { "content-type": "application/json", ...fillers(wholeNumber(switches("headers"), 0, headerBytesMax)) },
    body: bodyOf(event, switches, marks),
  };
}

function bodyOf(event: unknown, switches: Switches, marks: Marks): string {
  const bytes = switches("bytes");
  if (bytes !== null) return "e".repeat(wholeNumber(bytes, 0, bytesMax));
  return JSON.stringify(wanted(event, switches, marks));
}

/** What it has to say of an invocation. */
export function wanted(event: unknown, switches: Switches, marks: Marks): unknown {
  const marked = switches("marked");
  if (marked !== null) return marks.of(marked);
  return switches("digest") === "1" ? digestOf(event) : event;
}

/** Of the body in an event, its base64 undone. */
export function digestOf(event: unknown): EchoDigest {
  const { [echoBodyKey]: text, isBase64Encoded, is_base64_encoded } = isObject(event) ? event : {};
  const base64 = isBase64Encoded === true || is_base64_encoded === true;
  const body = Buffer.from(typeof text === "string" ? text : "", base64 ? "base64" : "utf8");
  return { bytes: body.length, sha256: createHash("sha256").update(body).digest("hex") };
}

/** So many bytes of header values. */
function fillers(bytes: number): Readonly<Record<string, string>> {
  const count = Math.ceil(bytes / fillerBytes);
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${echoHeaderPrefix}${index}`,
      "f".repeat(Math.min(fillerBytes, bytes - index * fillerBytes)),
    ]),
  );
}
