import type { Dialect, Refusal } from "#core/targets/dialects/dialect.ts";
import { statusText } from "#core/targets/dialects/said.ts";
import type { LabReply } from "../wire.ts";

export type Response = Extract<LabReply, { kind: "response" }>;

export type Headers = readonly (readonly [string, string])[];

/** An answer at once; the reason phrase is RFC 9110's where none is given. */
export const answer = (status: number, headers: Headers, body: string | Buffer, afterMs = 0): Response => ({
  kind: "response",
  afterMs,
  status,
  statusText: statusText(status),
  headers,
  body,
});

/** What a front says by itself, in its own words; `headers` are those it sends with every answer. */
export function refuse(dialect: Dialect, refusal: Refusal, headers: Headers, afterMs = 0): Response {
  const { value } = dialect.say(refusal);
  return { kind: "response", afterMs, ...value, headers: [...value.headers, ...headers] };
}

export const withHeaders = (response: Response, headers: Headers): Response => ({
  ...response,
  headers: [...response.headers, ...headers],
});
