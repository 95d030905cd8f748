import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseAuthorization } from "#core/signing/authorization-header.ts";
import { presign } from "#core/signing/presign.ts";
import { sign } from "#core/signing/sign.ts";
import { hashing } from "#node/crypto/hashing.ts";

interface Case {
  readonly form: "header" | "query";
  readonly service: string;
  readonly region: string;
  readonly payload: "signed" | "unsigned";
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyBase64: string | null;
  readonly token: number;
  readonly at: string;
  readonly expiresS?: number;
  /** Where a presigned request's own headers are; absent: it has none. */
  readonly own?: "in-headers";
  readonly signedHeaders: string;
  readonly signature: string;
}

interface Vectors {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly tokens: readonly (string | null)[];
  readonly cases: readonly Case[];
}

// Made by tools/vectors/sign_with_botocore.py.
const vectors: Vectors = JSON.parse(
  readFileSync(new URL("../../vectors/sigv4/botocore.json", import.meta.url), "utf8"),
);

function ours({ form, bodyBase64, at, token, expiresS, own, service, region, payload, ...request }: Case) {
  const body = bodyBase64 === null ? null : Buffer.from(bodyBase64, "base64");
  const { accessKeyId, secretAccessKey, tokens } = vectors;
  const credentials = { accessKeyId, secretAccessKey, sessionToken: tokens[token] ?? null };
  const scope = { service, region, payload };
  const signable = { ...request, body };
  return form === "query"
    ? presign(hashing, signable, credentials, scope, Date.parse(at), expiresS ?? 0, own)
    : sign(hashing, signable, credentials, scope, Date.parse(at));
}

describe.each([
  ["header", "lambda", 150],
  ["header", "vpc-lattice-svcs", 150],
  ["header", "execute-api", 150],
  ["query", "lambda", 45],
  ["query", "vpc-lattice-svcs", 25],
  ["query", "execute-api", 45],
])("botocore's signatures in the %s for %s", (form, service, countMin) => {
  const cases = vectors.cases.filter((one) => one.form === form && one.service === service);

  test("are those of the core", () => {
    expect(cases.length).toBeGreaterThanOrEqual(countMin);
    const differing = cases.flatMap((one) => {
      const signed = ours(one);
      return signed.signature === one.signature ? [] : [{ case: one, canonicalRequest: signed.canonicalRequest }];
    });
    expect(differing.slice(0, 3)).toEqual([]);
  });

  test("cover the same headers", () => {
    for (const one of cases) {
      const signed = ours(one);
      const parsed = parseAuthorization(signed.headers["authorization"] ?? "");
      const names = parsed.kind === "ok" ? parsed.signedHeaders.join(";") : signed.canonicalRequest.split("\n").at(-2);
      expect(names).toBe(one.signedHeaders);
    }
  });
});
