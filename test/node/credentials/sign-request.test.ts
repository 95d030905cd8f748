import { describe, expect, test } from "vitest";
import type { SigningVariant } from "#core/observations/exchange.ts";
import type { CredentialsReading } from "#node/credentials/reading.ts";
import { createSignRequest } from "#node/credentials/sign-request.ts";
import type { CredentialStore } from "#node/credentials/store.ts";
import { hashing } from "#node/crypto/hashing.ts";
import { makeTarget } from "../../support/make.ts";

const now = Date.parse("2026-11-23T10:11:12Z");
const request = { method: "POST", path: "/orders?b=2&a=1", headers: { "content-type": "text/plain" }, body: "x" };
const credentials = (name: string): CredentialsReading => ({
  kind: "ok",
  credentials: { accessKeyId: `ASIA${name}`, secretAccessKey: `secret-${name}`, sessionToken: `token-${name}` },
  expiresAtMs: null,
});
const store: CredentialStore = {
  current: async () => credentials("LIVE"),
  ended: async () => credentials("ENDED"),
};
const signRequest = createSignRequest(store, hashing, () => now);
const lattice = makeTarget("lattice", { auth: "iam" });

const signed = async (variant: SigningVariant) => {
  const answer = await signRequest(lattice, request, variant);
  if (answer.kind === "missing") throw new Error(answer.detail);
  return answer;
};

describe("signing for the probe", () => {
  test("adds the headers a Lattice request needs", async () => {
    const { headers } = await signed("correct");
    expect(Object.keys(headers).sort()).toEqual([
      "authorization",
      "x-amz-content-sha256",
      "x-amz-date",
      "x-amz-security-token",
    ]);
    expect(headers["x-amz-date"]).toBe("20261123T101112Z");
    expect(headers["authorization"]).toContain("Credential=ASIALIVE/20261123/eu-west-1/vpc-lattice-svcs/aws4_request");
  });

  test("names key, token and signature as secrets and shows none of them", async () => {
    const { headers, canonicalRequest, secrets } = await signed("correct");
    const signature = headers["authorization"]?.split("Signature=")[1] ?? "";
    expect(secrets).toEqual(["secret-LIVE", "token-LIVE", signature]);
    expect(canonicalRequest).toContain("x-amz-security-token:<redacted>");
    for (const secret of secrets) expect(canonicalRequest).not.toContain(secret);
  });

  test("adds nothing to a request that goes unsigned", async () => {
    expect(await signRequest(lattice, request, "unsigned")).toEqual({
      kind: "signed",
      headers: {},
      canonicalRequest: null,
      secrets: [],
      agreesWithReference: null,
    });
  });

  test("adds nothing for a target without authorization", async () => {
    expect(await signRequest(makeTarget("alb", { auth: "none" }), request, "correct")).toMatchObject({ headers: {} });
  });

  test("signs with the ended session where that is asked for", async () => {
    const { headers, secrets } = await signed("ended-session");
    expect(headers["authorization"]).toContain("Credential=ASIAENDED/");
    expect(headers["x-amz-security-token"]).toBe("token-ENDED");
    expect(secrets).toContain("secret-ENDED");
  });

  test("passes on why there are no credentials", async () => {
    const missing: CredentialsReading = { kind: "missing", detail: "No credentials: nothing was set." };
    const without = createSignRequest({ ...store, current: async () => missing }, hashing, () => now);
    expect(await without(lattice, request, "correct")).toEqual(missing);
  });
});
