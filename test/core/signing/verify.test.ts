import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pathOf } from "#core/signing/canonical-path.ts";
import { canonicalQuery, queryOf } from "#core/signing/canonical-query.ts";
import type { Credentials } from "#core/signing/credentials.ts";
import { presign } from "#core/signing/presign.ts";
import { type ReceivedRequest, readAuthorization } from "#core/signing/read-authorization.ts";
import { sign } from "#core/signing/sign.ts";
import type { Signable } from "#core/signing/signable.ts";
import { createKeyCache } from "#core/signing/signing-key.ts";
import { verify } from "#core/signing/verify.ts";
import type { SigningScope } from "#core/targets/target.ts";
import { hashing } from "#node/crypto/hashing.ts";
import * as any from "./arbitrary.ts";

type Headers = readonly (readonly [string, string])[];

/** The request as it arrives when signed and sent. */
function received(signable: Signable, credentials: Credentials, scope: SigningScope, at: number): ReceivedRequest {
  const { headers } = sign(hashing, signable, credentials, scope, at);
  const sent = { ...signable.headers, ...headers, host: signable.host };
  return { method: signable.method, path: signable.path, headers: Object.entries(sent), body: signable.body ?? "" };
}

/** Like a server that knows one key. */
const accepts = (request: ReceivedRequest, { accessKeyId, secretAccessKey }: Credentials): boolean => {
  const reading = readAuthorization(request);
  return (
    reading.kind === "ok" &&
    reading.authorization.accessKeyId === accessKeyId &&
    reading.authorization.terminator === "aws4_request" &&
    verify(hashing, request, secretAccessKey).matches
  );
};

const lattice: SigningScope = { service: "vpc-lattice-svcs", region: "eu-west-1", payload: "unsigned" };
const lambda: SigningScope = { service: "lambda", region: "eu-west-1", payload: "signed" };
const at = Date.parse("2026-11-23T10:11:12Z");
const key: Credentials = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "c2VjcmV0", sessionToken: "dG9rZW4=" };
const invoke: Signable = {
  method: "POST",
  host: "lambda.eu-west-1.amazonaws.com:8443",
  path: "/2015-03-31/functions/orders%3Alive/invocations?Qualifier=live&b=2",
  headers: { "content-type": "application/json", "x-amz-invocation-type": "DryRun" },
  body: '{"id":7}',
};

const withHeader = (headers: Headers, name: string, change: (value: string) => string): Headers =>
  headers.map(([key, value]) => [key, key === name ? change(value) : value]);

describe("verify()", () => {
  test("accepts whatever sign() signs", () => {
    fc.assert(
      fc.property(any.signable, any.credentials, any.scope, any.atMs, (signable, credentials, scope, when) => {
        const request = received(signable, credentials, scope, when);
        const { headers, ...rest } = sign(hashing, signable, credentials, scope, when);
        expect(verify(hashing, request, credentials.secretAccessKey)).toEqual({
          matches: true,
          canonicalRequest: rest.canonicalRequest,
          stringToSign: rest.stringToSign,
          disagrees: [],
        });
        expect(headers["authorization"]).toBeDefined();
      }),
      { numRuns: 1_000 },
    );
  });

  test("accepts whatever presign() signs", () => {
    fc.assert(
      fc.property(any.signable, any.credentials, any.scope, any.atMs, (signable, credentials, scope, when) => {
        const { path, headers } = presign(hashing, signable, credentials, scope, when, 300);
        const request: ReceivedRequest = {
          method: signable.method,
          path,
          headers: Object.entries({ ...headers, host: signable.host }),
          body: signable.body ?? "",
        };
        expect(accepts(request, credentials)).toBe(true);
        expect(readAuthorization(request)).toMatchObject({
          authorization: { form: "query", expiresS: 300, sessionToken: credentials.sessionToken },
        });
      }),
      { numRuns: 500 },
    );
  });

  test("accepts headers that a proxy re-spaced, repeated headers joined, and a query in another order", () => {
    const signable = { ...invoke, headers: { ...invoke.headers, "x-a": "1,2" } };
    const request = received(signable, key, lambda, at);
    const headers: Headers = [
      ...withHeader(request.headers, "content-type", (value) => `  ${value} `).filter(([name]) => name !== "x-a"),
      ["x-a", "1"],
      ["x-a", " 2"],
      ["via", "1.1 proxy"],
    ];
    const path = `${pathOf(invoke.path)}?b=2&Qualifier=live`;
    expect(accepts({ ...request, headers, path }, key)).toBe(true);
  });

  test("takes keys from a cache when one is handed in", () => {
    const request = received(invoke, key, lambda, at);
    const keyOf = createKeyCache(hashing);
    expect(verify(hashing, request, key.secretAccessKey, keyOf).matches).toBe(true);
    expect(verify(hashing, request, "another", keyOf).matches).toBe(false);
    expect(verify(hashing, request, key.secretAccessKey, keyOf).matches).toBe(true);
  });
});

/** Every way to change one byte: a position and another character for it. */
const elsewhere = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(text.length - 1), fc.constantFrom(..."abcdefXYZ0189-_~"))
    .filter(([position, other]) => text[position] !== other)
    .map(([position, other]) => `${text.slice(0, position)}${other}${text.slice(position + 1)}`);

describe("verify() refuses a change of one byte in", () => {
  const request = received(invoke, key, lambda, at);
  const sent = (name: string): string => request.headers.find(([other]) => other === name)?.[1] ?? "";
  const refusesAll = (changed: fc.Arbitrary<ReceivedRequest>) =>
    fc.assert(
      fc.property(changed, (other) => {
        expect(accepts(other, key), JSON.stringify(other)).toBe(false);
      }),
      { numRuns: 500 },
    );

  test("nothing: unchanged it is accepted", () => expect(accepts(request, key)).toBe(true));

  test("the method", () => refusesAll(elsewhere(request.method).map((method) => ({ ...request, method }))));

  test("the path or the query", () => refusesAll(elsewhere(request.path).map((path) => ({ ...request, path }))));

  test("the body", () => refusesAll(elsewhere(String(request.body)).map((body) => ({ ...request, body }))));

  test.each(["host", "content-type", "x-amz-date", "x-amz-invocation-type", "x-amz-security-token", "authorization"])(
    "the header %s",
    (name) =>
      refusesAll(
        elsewhere(sent(name)).map((value) => ({ ...request, headers: withHeader(request.headers, name, () => value) })),
      ),
  );

  test("a body of bytes", () => {
    const bytes = Uint8Array.from({ length: 64 }, (_, index) => index * 4);
    const binary = received({ ...invoke, body: bytes }, key, lambda, at);
    expect(accepts(binary, key)).toBe(true);
    refusesAll(
      fc.tuple(fc.nat(63), fc.integer({ min: 1, max: 255 })).map(([position, by]) => {
        const body = Uint8Array.from(bytes, (byte, index) => (index === position ? (byte + by) % 256 : byte));
        return { ...binary, body };
      }),
    );
  });

  test("a presigned path and query", () => {
    const { path, headers } = presign(hashing, invoke, key, lambda, at, 300);
    const body = invoke.body ?? "";
    const presigned = { ...request, path, headers: Object.entries({ ...headers, host: invoke.host }), body };
    expect(accepts(presigned, key)).toBe(true);
    // `%2F` and `%2f` are the same parameter.
    const changed = elsewhere(path).filter((other) => canonicalQuery(queryOf(other)) !== canonicalQuery(queryOf(path)));
    refusesAll(changed.map((other) => ({ ...presigned, path: other })));
    refusesAll(elsewhere(pathOf(path)).map((other) => ({ ...presigned, path: `${other}?${queryOf(path)}` })));
    const [unsigned = "", signature = ""] = path.split("X-Amz-Signature=");
    refusesAll(elsewhere(signature).map((other) => ({ ...presigned, path: `${unsigned}X-Amz-Signature=${other}` })));
  });
});

describe("what disagrees", () => {
  const disagreements = (request: ReceivedRequest) => verify(hashing, request, key.secretAccessKey).disagrees;
  const request = received(invoke, key, lambda, at);

  test("is the authorization when there is none", () => {
    const headers = request.headers.filter(([name]) => name !== "authorization");
    expect(disagreements({ ...request, headers })).toEqual([{ kind: "authorization" }]);
  });

  test("is the signature, and only it, under another secret", () => {
    expect(verify(hashing, request, "another").disagrees).toEqual([{ kind: "signature" }]);
  });

  test("is a signed header that did not arrive", () => {
    const headers = request.headers.filter(([name]) => name !== "content-type");
    expect(disagreements({ ...request, headers })).toContainEqual({
      kind: "signed-header-not-sent",
      name: "content-type",
    });
  });

  test("is an announced hash that is not the body's", () => {
    const announced = received(
      { ...invoke, headers: { "x-amz-content-sha256": hashing.sha256Hex("as signed") }, body: "as signed" },
      key,
      lambda,
      at,
    );
    expect(disagreements(announced)).toEqual([]);
    expect(disagreements({ ...announced, body: "as received" })).toContainEqual({
      kind: "payload-hash",
      announced: hashing.sha256Hex("as signed"),
      received: hashing.sha256Hex("as received"),
    });
  });

  test("is not the body of a request whose payload went unsigned", () => {
    const open = received({ ...invoke, host: "orders.example.internal" }, key, lattice, at);
    expect(disagreements({ ...open, body: "something else" })).toEqual([]);
  });

  test("is the day when the scope names another than the date", () => {
    const headers = withHeader(request.headers, "authorization", (value) => value.replace("/20261123/", "/20261122/"));
    expect(disagreements({ ...request, headers })).toContainEqual({
      kind: "day",
      inScope: "20261122",
      inDate: "20261123",
    });
  });

  test("is an unsigned host", () => {
    const headers = withHeader(request.headers, "authorization", (value) => value.replace(";host;", ";"));
    expect(disagreements({ ...request, headers })).toContainEqual({ kind: "host-not-signed" });
  });
});

describe("readAuthorization()", () => {
  const request = received(invoke, key, lambda, at);
  const reading = (authorization: string) =>
    readAuthorization({ ...request, headers: withHeader(request.headers, "authorization", () => authorization) });

  test("reads all that a signed request claims", () => {
    expect(readAuthorization(request)).toMatchObject({
      kind: "ok",
      authorization: {
        form: "header",
        accessKeyId: "ASIAEXAMPLE",
        day: "20261123",
        region: "eu-west-1",
        service: "lambda",
        terminator: "aws4_request",
        signedHeaders: ["content-type", "host", "x-amz-date", "x-amz-invocation-type", "x-amz-security-token"],
        date: "20261123T101112Z",
        sessionToken: "dG9rZW4=",
        expiresS: null,
      },
    });
  });

  test("finds none in a plain request", () => {
    expect(readAuthorization({ method: "GET", path: "/a?b=c", headers: [["host", "h"]], body: "" })).toEqual({
      kind: "none",
    });
  });

  test.each([
    ["Bearer abc", "Algorithm"],
    ["AWS4-HMAC-SHA256 SignedHeaders=host, Signature=ab", "Credential"],
    ["AWS4-HMAC-SHA256 Credential=K/20261123/eu-west-1/lambda, SignedHeaders=host, Signature=ab", "Credential"],
    ["AWS4-HMAC-SHA256 Credential=K/20261123/eu-west-1/lambda/aws4_request, SignedHeaders=host", "Signature"],
    ["AWS4-HMAC-SHA256 Credential=K/20261123/eu-west-1/lambda/aws4_request, Signature=ab", "SignedHeaders"],
  ])("says of %j that the %s is missing", (authorization, missing) => {
    expect(reading(authorization)).toEqual({ kind: "incomplete", missing });
  });

  test("says that the date is missing", () => {
    const headers = request.headers.filter(([name]) => name !== "x-amz-date");
    expect(readAuthorization({ ...request, headers })).toEqual({ kind: "incomplete", missing: "Date" });
  });

  test("reads an authorization without spaces after its commas", () => {
    const text = request.headers.find(([name]) => name === "authorization")?.[1] ?? "";
    expect(
      accepts(
        { ...request, headers: withHeader(request.headers, "authorization", () => text.replaceAll(", ", ",")) },
        key,
      ),
    ).toBe(true);
  });
});
