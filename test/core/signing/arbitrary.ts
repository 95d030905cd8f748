import fc from "fast-check";
import type { Credentials } from "#core/signing/credentials.ts";
import type { Signable } from "#core/signing/signable.ts";
import type { SigningScope } from "#core/targets/target.ts";

/** What a path or query is made of: plain text, any Unicode, and characters that every encoder treats differently. */
const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom(
    "my-fn:live",
    "a b",
    "50%",
    "a+b",
    "it's",
    "(1)*!",
    "~",
    "a/b",
    "=",
    "&",
    "ü",
    "日本",
    "😀",
    "$LATEST",
  ),
);

const encodings = [
  encodeURIComponent,
  (part: string) => encodeURI(part).replace(/[?#/]/g, encodeURIComponent),
  (part: string) => encodeURIComponent(part).replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase()),
  (part: string) => encodeURIComponent(part).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`),
];

const encoded = fc.tuple(text, fc.constantFrom(...encodings)).map(([part, encode]) => encode(part));

const segment = fc.oneof(
  { weight: 4, arbitrary: encoded },
  { weight: 1, arbitrary: fc.constantFrom("", ".", "..", "...", ".a", "a.") },
);

const pair = fc
  .tuple(fc.oneof(encoded, fc.constantFrom("a", "b", "a-b", "A", "x%5B%5D")), encoded)
  .map(([name, value]) => `${name}=${value.replaceAll("&", "%26")}`);

/** Path and query as they might stand on the wire. */
export const path: fc.Arbitrary<string> = fc
  .tuple(fc.array(segment, { maxLength: 6 }), fc.array(pair, { maxLength: 5 }))
  .map(([segments, pairs]) => {
    const plain = `/${segments.join("/")}`;
    const query = pairs.map((one) => one.replace(/^[^=]*/, (name) => name.replaceAll("&", "%26"))).join("&");
    return query === "" ? plain : `${plain}?${query}`;
  });

const headerValue = fc.oneof(
  fc.string({ maxLength: 12 }).map((value) => value.replace(/[^\x20-\x7e]/g, "")),
  fc.constantFrom("", " ", "  padded  ", "a   b", "a\tb", '"  quoted  "', "a, b,c", " \t x \t "),
);

const headerName = fc.constantFrom(
  "accept",
  "authorization",
  "cache-control",
  "content-type",
  "date",
  "proxy-authorization",
  "sec-fetch-mode",
  "user-agent",
  "x-amz-date",
  "x-amz-invocation-type",
  "x-amz-log-type",
  "x-amzn-trace-id",
  "x-api-key",
  "x-a",
  "x-a-b",
);

export const headers = fc.dictionary(headerName, headerValue, { maxKeys: 6, noNullPrototype: true });

const body = fc.oneof(
  fc.constant(null),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.uint8Array({ maxLength: 64 }),
);

const host = fc
  .tuple(
    fc.constantFrom("lambda.eu-west-1.amazonaws.com", "svc-1.7d67968.vpc-lattice-svcs.eu-west-1.on.aws", "127.0.0.1"),
    fc.constantFrom("", ":8443", ":80"),
  )
  .map(([name, port]) => `${name}${port}`);

export const signable: fc.Arbitrary<Signable> = fc.record({
  method: fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"),
  host,
  path,
  headers,
  body,
});

export const credentials: fc.Arbitrary<Credentials> = fc.record({
  accessKeyId: fc.constantFrom("AKIDEXAMPLE", "ASIAEXAMPLE"),
  secretAccessKey: fc.base64String({ minLength: 40, maxLength: 40 }),
  sessionToken: fc.oneof(fc.constant(null), fc.base64String({ minLength: 4, maxLength: 200 })),
});

export const scope: fc.Arbitrary<SigningScope> = fc.constantFrom<SigningScope>(
  { service: "lambda", region: "us-east-1", payload: "signed" },
  { service: "execute-api", region: "eu-west-1", payload: "signed" },
  { service: "vpc-lattice-svcs", region: "us-west-2", payload: "unsigned" },
);

/** From 2015 to 2100, to the millisecond. */
export const atMs = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2100, 0) });
