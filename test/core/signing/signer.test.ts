import { describe, expect, test } from "vitest";
import type { Hashing } from "#core/signing/hashing.ts";
import { sign } from "#core/signing/sign.ts";
import type { Signable } from "#core/signing/signable.ts";
import { createSigner } from "#core/signing/signer.ts";
import { createKeyCache, signingKey } from "#core/signing/signing-key.ts";
import type { SigningScope } from "#core/targets/target.ts";
import { hashing } from "#node/crypto/hashing.ts";

const at = Date.parse("2026-11-23T23:59:58Z");
const credentials = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "secret", sessionToken: "token" };
const scope: SigningScope = { service: "lambda", region: "eu-west-1", payload: "signed" };
const request: Signable = { method: "POST", host: "h", path: "/a?b=c", headers: { "x-a": "1" }, body: "body" };

/** The same hashing, counted. */
function counted() {
  const count = { sha256: 0, hmac: 0 };
  const counting: Hashing = {
    sha256Hex: (data) => {
      count.sha256 += 1;
      return hashing.sha256Hex(data);
    },
    hmacSha256: (key, data) => {
      count.hmac += 1;
      return hashing.hmacSha256(key, data);
    },
    hmacSha256Hex: (key, data) => {
      count.hmac += 1;
      return hashing.hmacSha256Hex(key, data);
    },
    hmacSha256HexFrom: (key, opening) => {
      const over = hashing.hmacSha256HexFrom(key, opening);
      return (rest) => {
        count.hmac += 1;
        return over(rest);
      };
    },
  };
  return { count, hashing: counting };
}

describe("a signer", () => {
  test("derives its key once a day", () => {
    const { count, hashing: counting } = counted();
    const signer = createSigner(counting, credentials, scope);
    signer(request, at);
    expect(count.hmac).toBe(5);
    signer(request, at + 1_000);
    expect(count.hmac).toBe(6);
    signer(request, at + 2_000);
    expect(count.hmac).toBe(11);
  });

  test("signs a repeated request once a second, without hashing its body again", () => {
    const { count, hashing: counting } = counted();
    const signer = createSigner(counting, credentials, scope);
    const first = signer(request, at);
    const afterFirst = { ...count };
    expect(signer({ ...request }, at + 999)).toBe(first);
    expect(count).toEqual(afterFirst);
    signer(request, at + 1_000);
    expect(count.sha256).toBe(afterFirst.sha256 + 1);
  });

  test.each<[string, Partial<Signable>]>([
    ["method", { method: "PUT" }],
    ["host", { host: "other" }],
    ["path", { path: "/a?b=d" }],
    ["headers", { headers: { "x-a": "2" } }],
    ["body", { body: "other" }],
  ])("notices another %s", (_, change) => {
    const signer = createSigner(hashing, credentials, scope);
    signer(request, at);
    const changed = { ...request, ...change };
    expect(signer(changed, at)).toEqual(sign(hashing, changed, credentials, scope, at));
  });

  test("notices bytes that were written over in place", () => {
    const signer = createSigner(hashing, credentials, scope);
    const bytes = Uint8Array.from([1, 2, 3]);
    const binary = { ...request, body: bytes };
    const before = signer(binary, at).signature;
    bytes[0] = 9;
    const after = signer(binary, at);
    expect(after.signature).not.toBe(before);
    expect(after).toEqual(sign(hashing, binary, credentials, scope, at));
  });

  test("stays right over more requests than it remembers, and when the clock goes back", () => {
    const signer = createSigner(hashing, credentials, scope);
    for (let i = 0; i < 300; i += 1) {
      const other = { ...request, path: `/a/${i % 150}` };
      const when = at - i * 600_000;
      expect(signer(other, when)).toEqual(sign(hashing, other, credentials, scope, when));
    }
  });
});

describe("a signing key", () => {
  test("is the one of AWS's documentation", () => {
    const key = signingKey(hashing, "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", {
      day: "20150830",
      region: "us-east-1",
      service: "iam",
    });
    expect(Buffer.from(key).toString("hex")).toBe("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
  });

  test("is derived once per day, region and service, however many others come between", () => {
    const { count, hashing: counting } = counted();
    const keyOf = createKeyCache(counting, 2);
    const day = (name: string) => ({ day: name, region: "eu-west-1", service: "lambda" });
    const first = keyOf("secret", day("20261123"));
    expect(keyOf("secret", day("20261123"))).toBe(first);
    expect(count.hmac).toBe(4);
    for (const name of ["20261124", "20261125", "20261126"]) keyOf("secret", day(name));
    expect(keyOf("secret", day("20261123"))).toEqual(first);
  });
});
