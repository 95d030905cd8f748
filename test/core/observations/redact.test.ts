import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redact, redactCut } from "#core/observations/redact.ts";

const token = "IQoJb3JpZ2luX2VjEJr//////////wEaCWV1LXdlc3QtMSJHMEUCIQ+abc==";
const signature = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";

const secretText = fc.stringMatching(/^[A-Za-z0-9+/]{20,80}={0,2}$/);

describe("redact()", () => {
  test("takes out every secret, raw, percent-encoded, or with JSON's escaped slashes", () => {
    fc.assert(
      fc.property(secretText, fc.string(), fc.string(), (secret, before, after) => {
        for (const form of [secret, encodeURIComponent(secret), secret.replaceAll("/", "\\/")]) {
          expect(redact([secret], `${before}${form}${after}`)).not.toContain(form);
        }
      }),
    );
  });

  test("leaves text alone that holds no secret", () => {
    const text = "Forbidden: no service-based policy allows vpc-lattice-svcs:Invoke. x-amz-security-token is missing";
    expect(redact([token, signature], text)).toBe(text);
  });

  test("leaves text alone that it has been over before", () => {
    const text = `x-amz-security-token:${token}\nSignature=${signature}, "x-amz-security-token":["${token}"]`;
    expect(redact([], redact([token], text))).toBe(redact([token], text));
    expect(redact([], "x-amz-security-token:[redacted]")).toBe("x-amz-security-token:[redacted]");
  });

  test("does not take an empty or a short secret for one", () => {
    expect(redact(["", "a"], "a banana")).toBe("a banana");
  });

  test.each([
    ["an Authorization header", `Credential=AKIA/x, SignedHeaders=host;x-amz-security-token, Signature=${signature}`],
    ["a presigned query", `?X-Amz-Security-Token=${encodeURIComponent(token)}&X-Amz-Signature=${signature}&a=b`],
    ["an echoed canonical request", `host:a\nx-amz-security-token:${token}\n\nhost;x-amz-security-token\nabc`],
    ["the same inside JSON", JSON.stringify({ message: `host:a\nx-amz-security-token:${token}\n\nhost` })],
    [
      "a Lambda event",
      JSON.stringify({ headers: { "x-amz-security-token": token, authorization: `Signature=${signature}` } }),
    ],
    ["an event with lists", JSON.stringify({ headers: { "X-Amz-Security-Token": [token] } })],
    ["an event inside JSON", JSON.stringify({ body: JSON.stringify({ "x-amz-security-token": token }) })],
  ])("finds the token and the signature by their place alone in %s", (_where, text) => {
    const clean = redact([], text);
    expect(clean).not.toContain(token.slice(0, 12));
    expect(clean).not.toContain(signature.slice(0, 12));
    expect(clean).toContain("[redacted]");
  });

  test("keeps the names of signed headers", () => {
    const text = `SignedHeaders=host;x-amz-security-token, Signature=${signature}`;
    expect(redact([], text)).toBe("SignedHeaders=host;x-amz-security-token, Signature=[redacted]");
  });
});

describe("redactCut()", () => {
  test("takes out the beginning of a secret at the end of a text that was cut off", () => {
    for (let length = 4; length <= token.length; length++) {
      expect(redactCut([token], `the token: ${token.slice(0, length)}`)).toBe("the token: [redacted]");
    }
  });

  test("takes out the beginning of a signature that nobody told it of", () => {
    expect(redactCut([], "Signature=5d67")).toBe("Signature=[redacted]");
  });
});
