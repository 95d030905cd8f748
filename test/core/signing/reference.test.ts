import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { queryOf, queryPairs } from "#core/signing/canonical-query.ts";
import { decodeText } from "#core/signing/percent-encoding.ts";
import { presign } from "#core/signing/presign.ts";
import { sign } from "#core/signing/sign.ts";
import { createSigner } from "#core/signing/signer.ts";
import { hashing } from "#node/crypto/hashing.ts";
import { presignWithReference, signWithReference } from "#node/crypto/reference-signer.ts";
import * as any from "./arbitrary.ts";

/** Those of the headers that signing adds or replaces. */
const made = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) =>
      ["authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"].includes(name),
    ),
  );

describe("the core and AWS's own signer for JavaScript", () => {
  test("put the same headers on any request", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(any.signable, any.credentials, any.scope, any.atMs, async (signable, credentials, scope, at) => {
        const reference = await signWithReference(signable, credentials, scope, at);
        const { headers, canonicalRequest } = sign(hashing, signable, credentials, scope, at);
        expect(headers, canonicalRequest).toEqual(made(reference));
      }),
      { numRuns: 3_000 },
    );
  });

  test("still do when one signer signs many requests, each of them twice", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(any.signable, any.atMs), { minLength: 1, maxLength: 6 }),
        any.credentials,
        any.scope,
        async (requests, credentials, scope) => {
          const signer = createSigner(hashing, credentials, scope);
          for (const [signable, at] of [...requests, ...requests]) {
            const reference = await signWithReference(signable, credentials, scope, at);
            expect(signer(signable, at).headers).toEqual(made(reference));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each(["in-query", "in-headers"] as const)(
    "presign any request alike, its own headers %s",
    {
      timeout: 120_000,
    },
    async (own) => {
      const seconds = fc.integer({ min: 1, max: 604_800 });
      await fc.assert(
        fc.asyncProperty(
          any.signable,
          any.credentials,
          any.scope,
          any.atMs,
          seconds,
          async (signable, credentials, scope, at, expiresS) => {
            const reference = await presignWithReference(signable, credentials, scope, at, expiresS, own);
            const presigned = presign(hashing, signable, credentials, scope, at, expiresS, own);
            expect(presigned.signature, presigned.canonicalRequest).toBe(reference["X-Amz-Signature"]);
            const written = queryPairs(queryOf(presigned.path)).map(([name, value]) => [name, decodeText(value)]);
            expect(Object.fromEntries(written.filter(([name]) => name?.startsWith("X-Amz-")))).toEqual(
              Object.fromEntries(Object.entries(reference).filter(([name]) => name.startsWith("X-Amz-"))),
            );
          },
        ),
        { numRuns: 600 },
      );
    },
  );

  test("agree on S3, which takes the path as it is", async () => {
    const signable = {
      method: "GET",
      host: "b.s3.eu-west-1.amazonaws.com",
      path: "/a//../b%20c",
      headers: {},
      body: null,
    };
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: null };
    const scope = { service: "s3", region: "eu-west-1", payload: "unsigned" } as const;
    const reference = await signWithReference(signable, credentials, scope, 0);
    expect(sign(hashing, signable, credentials, scope, 0).headers).toEqual(made(reference));
  });
});
