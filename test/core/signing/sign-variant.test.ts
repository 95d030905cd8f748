import { describe, expect, test } from "vitest";
import type { HeaderVariant } from "#core/observations/exchange.ts";
import { parseAuthorization } from "#core/signing/authorization-header.ts";
import type { Credentials } from "#core/signing/credentials.ts";
import { sign } from "#core/signing/sign.ts";
import { impossibleKeyId, signVariant, wrongRegion, wrongService } from "#core/signing/sign-variant.ts";
import type { Signable } from "#core/signing/signable.ts";
import { verify } from "#core/signing/verify.ts";
import type { SigningScope } from "#core/targets/target.ts";
import { hashing } from "#node/crypto/hashing.ts";

const at = Date.parse("2026-11-23T10:11:12Z");
const credentials: Credentials = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "secret", sessionToken: "token" };
const lattice: SigningScope = { service: "vpc-lattice-svcs", region: "eu-west-1", payload: "unsigned" };
const request: Signable = {
  method: "POST",
  host: "orders.example.internal",
  path: "/orders",
  headers: { "content-type": "application/json" },
  body: '{"id":7}',
};

function variant(name: HeaderVariant) {
  const signed = signVariant(hashing, request, credentials, lattice, at, name, "seed");
  if (signed === null) throw new Error(`${name} adds nothing`);
  const claimed = parseAuthorization(signed.headers["authorization"] ?? "");
  if (claimed.kind !== "ok") throw new Error(`${name}: ${claimed.missing} is missing`);
  const received = {
    method: request.method,
    path: request.path,
    headers: Object.entries({ ...request.headers, ...signed.headers, host: request.host }),
    body: request.body ?? "",
  };
  return { ...signed, claimed, received };
}

const correct = sign(hashing, request, credentials, lattice, at);

describe("signVariant()", () => {
  test("adds nothing when unsigned", () => {
    expect(signVariant(hashing, request, credentials, lattice, at, "unsigned", 1)).toBeNull();
  });

  test.each<HeaderVariant>(["correct", "ended-session"])("signs %s like sign()", (name) => {
    expect(signVariant(hashing, request, credentials, lattice, at, name, 1)).toEqual(correct);
  });

  test("names another service, and nothing else is wrong", () => {
    const { claimed, received, headers } = variant("wrong-service");
    expect(claimed).toMatchObject({ service: "vpc-lattice", region: "eu-west-1", accessKeyId: "ASIAEXAMPLE" });
    expect(headers["x-amz-content-sha256"]).toBe("UNSIGNED-PAYLOAD");
    expect(verify(hashing, received, "secret").matches).toBe(true);
  });

  test.each<HeaderVariant>(["other-host", "early-clock"])("is wrong in one way only: %s", (name) => {
    const { received, claimed } = variant(name);
    expect(verify(hashing, received, "secret").matches).toBe(name === "early-clock");
    expect(claimed).toMatchObject({ service: "vpc-lattice-svcs", region: "eu-west-1", accessKeyId: "ASIAEXAMPLE" });
  });

  test("signs another body where bodies are signed, and nothing else is wrong", () => {
    const signedPayload = { ...lattice, service: "execute-api", payload: "signed" } as const;
    const signed = signVariant(hashing, request, credentials, signedPayload, at, "other-body", "seed");
    const headers = Object.entries({ ...request.headers, ...signed?.headers, host: request.host });
    const received = { method: request.method, path: request.path, headers };
    expect(verify(hashing, { ...received, body: request.body ?? "" }, "secret").matches).toBe(false);
    expect(verify(hashing, { ...received, body: `${request.body} ` }, "secret").matches).toBe(true);
  });

  test("names another region, and nothing else is wrong", () => {
    const { claimed, received } = variant("wrong-region");
    expect(claimed).toMatchObject({ service: "vpc-lattice-svcs", region: "us-east-1" });
    expect(verify(hashing, received, "secret").matches).toBe(true);
  });

  test("never names the right service or region by accident", () => {
    for (const service of ["lambda", "execute-api", "vpc-lattice-svcs", "vpc-lattice", "s3", "apigateway"])
      expect(wrongService(service)).not.toBe(service);
    for (const region of ["us-east-1", "eu-west-1", "ap-south-1"]) expect(wrongRegion(region)).not.toBe(region);
  });

  test("signs twenty minutes ago, and nothing else is wrong", () => {
    const { headers, received } = variant("skewed-clock");
    expect(headers["x-amz-date"]).toBe("20261123T095112Z");
    expect(verify(hashing, received, "secret").matches).toBe(true);
  });

  test("tampers with the last digit of the signature alone", () => {
    const { signature, headers, received, canonicalRequest } = variant("tampered");
    expect(signature).toMatch(/^[0-9a-f]{64}$/);
    expect(signature.slice(0, 63)).toBe(correct.signature.slice(0, 63));
    expect(signature).not.toBe(correct.signature);
    expect(headers["authorization"]).toBe(correct.headers["authorization"]?.replace(correct.signature, signature));
    expect(canonicalRequest).toBe(correct.canonicalRequest);
    expect(verify(hashing, received, "secret").disagrees).toEqual([{ kind: "signature" }]);
  });

  test("signs with a key that nobody has, the same for the same seed", () => {
    const { claimed, headers, signature } = variant("unknown-key");
    expect(claimed.accessKeyId).toBe(impossibleKeyId);
    expect(claimed.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(headers["x-amz-security-token"]).toBeUndefined();
    expect(variant("unknown-key").signature).toBe(signature);
    expect(signVariant(hashing, request, credentials, lattice, at, "unknown-key", "other")?.signature).not.toBe(
      signature,
    );
  });

  test("leaves the token out, and nothing else is wrong", () => {
    const { claimed, headers, received } = variant("missing-token");
    expect(headers["x-amz-security-token"]).toBeUndefined();
    expect(claimed.signedHeaders).not.toContain("x-amz-security-token");
    expect(verify(hashing, received, "secret").matches).toBe(true);
  });

  test("announces and signs the payload's hash where it should go unsigned", () => {
    const { headers, canonicalRequest, received } = variant("signed-payload");
    const hash = hashing.sha256Hex('{"id":7}');
    expect(headers["x-amz-content-sha256"]).toBe(hash);
    expect(canonicalRequest.endsWith(`\n${hash}`)).toBe(true);
    expect(verify(hashing, received, "secret").matches).toBe(true);
  });
});
