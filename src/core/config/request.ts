import type { Configured } from "#core/targets/fields.ts";
import type { TargetRequest } from "#core/targets/target.ts";
import { expectShape, mergeExpectation, type WrittenExpectation } from "./expect.ts";
import { requestHeadersShape } from "./headers.ts";
import { object, optional, type Values } from "./object.ts";
import type { Path } from "./problem.ts";
import { text } from "./scalar.ts";
import { complaintsOf, isMapping, ok, type Read, refuse, type Shape } from "./shape.ts";

const method = text({
  expected: 'a method in capitals, such as "GET"',
  // CONNECT turns a connection into a tunnel and is no request to a target.
  pattern: /^(?!CONNECT$)[A-Z]{1,20}$/,
  example: "GET",
});

const requestPath = text({
  expected: 'a path, percent-encoded, with its query, such as "/orders/1?full=true"',
  // Visible ASCII; a fragment is never sent, and a lone "%" would be read differently by each hop.
  pattern: /^\/(?:[!"$&-~]|%[0-9A-Fa-f]{2})*$/,
  example: "/orders/1",
});

/** Text as it is; anything with keys or items is sent as JSON. */
const body: Shape<Body> = {
  schema: { type: ["string", "object", "array"] },
  read(input, path) {
    if (typeof input === "string") return ok({ text: input, isJson: false });
    if (isMapping(input) || Array.isArray(input)) return ok({ text: JSON.stringify(input), isJson: true });
    return refuse(path, "text, or a mapping or list to send as JSON");
  },
};

interface Body {
  readonly text: string;
  readonly isJson: boolean;
}

const fields = {
  method: optional(method, "GET unless said otherwise."),
  path: optional(requestPath, "Path and query, percent-encoded; / unless said otherwise."),
  headers: optional(requestHeadersShape, "Headers to send beside those of connection and signature."),
  body: optional(body, "Text, or a mapping or list to send as JSON."),
  expect: optional(expectShape, "What the answer must be, before the target's own `expect`."),
};

export const requestShape = object(fields);
export type WrittenRequest = Values<typeof fields>;

export interface RequestAround {
  readonly place: Configured;
  readonly auth: "iam" | "none";
  /** Of the target. */
  readonly expect: WrittenExpectation | null;
}

/** What is written, over the kind's own request. */
export function mergeRequest(
  name: string,
  written: WrittenRequest | null,
  path: Path,
  { place, auth, expect }: RequestAround,
): Read<TargetRequest> {
  const usual = place.request;
  const fixed = (field: "method" | "path") =>
    place.pathFixed && written !== null && written[field] !== null
      ? refuse([...path, field], `no ${field}: for this kind of target it follows from the target's own fields`)
      : ok(null);
  const signedTwice =
    auth === "iam" && written?.headers?.["authorization"] !== undefined
      ? refuse([...path, "headers", "authorization"], "no authorization header beside auth: iam, which makes its own")
      : ok(null);
  const wrong = complaintsOf([fixed("method"), fixed("path"), signedTwice]);
  if (wrong !== null) return wrong;
  const json = written?.body?.isJson === true ? { "content-type": "application/json" } : {};
  return ok({
    name,
    method: written?.method ?? usual.method,
    path: `${place.pathPrefix}${written?.path ?? usual.path}`,
    headers: { ...place.headers, ...usual.headers, ...json, ...written?.headers },
    body: written?.body?.text ?? usual.body,
    expect: mergeExpectation(written?.expect ?? null, mergeExpectation(expect, usual.expect)),
  });
}
