import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createAuthority, daysFromNow } from "#node/lab/ca/authority.ts";
import { targetCertificate } from "#node/lab/ca/target-certificate.ts";
import type { Effects } from "#node/lab/fault.ts";

const trusted = await createAuthority("trusted authority");
const unknown = await createAuthority("unknown authority");
const ca = new X509Certificate(trusted.certificatePem);

const issued = async (effect?: Effects["tls"]): Promise<X509Certificate> =>
  new X509Certificate(
    (
      await targetCertificate({ hostname: "a.example.internal", otherNames: ["b.example.internal"] }, effect, {
        trusted,
        unknown,
      })
    ).certificatePem,
  );

const isValidNow = (certificate: X509Certificate): boolean =>
  new Date(certificate.validFrom) < new Date() && new Date() < new Date(certificate.validTo);

describe("the lab's certificate authority", () => {
  test("is a CA, valid, and verified by its own key", () => {
    expect(ca.ca).toBe(true);
    expect(isValidNow(ca)).toBe(true);
    expect(ca.verify(ca.publicKey)).toBe(true);
  });

  test("two of them share neither key nor certificate", async () => {
    const other = new X509Certificate((await createAuthority("trusted authority")).certificatePem);
    expect(ca.verify(other.publicKey)).toBe(false);
  });

  test("issues a certificate for all names of a target, with a fortnight and more to go", async () => {
    const certificate = await issued();
    expect(certificate.checkIssued(ca)).toBe(true);
    expect(certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.checkHost("a.example.internal")).toBe("a.example.internal");
    expect(certificate.checkHost("b.example.internal")).toBe("b.example.internal");
    expect(certificate.checkHost("c.example.internal")).toBeUndefined();
    expect(certificate.ca).toBe(false);
    expect(new Date(certificate.validTo).getTime()).toBeGreaterThan(daysFromNow(14).getTime());
  });

  test("issues a long name too, though a common name may have 64 characters at most", async () => {
    const name = `${"a".repeat(60)}.${"b".repeat(60)}.example.internal`;
    const { certificatePem } = await trusted.issue({
      names: [name],
      validFrom: daysFromNow(-1),
      validTo: daysFromNow(1),
    });
    expect(new X509Certificate(certificatePem).checkHost(name)).toBe(name);
  });

  test("each broken certificate is broken in one way only", async () => {
    const facts = async (effect?: Effects["tls"]) => {
      const certificate = await issued(effect);
      return {
        name: certificate.checkHost("a.example.internal") !== undefined,
        valid: isValidNow(certificate),
        issuer: certificate.verify(ca.publicKey),
      };
    };
    expect(await facts()).toEqual({ name: true, valid: true, issuer: true });
    expect(await facts("wrong-name")).toEqual({ name: false, valid: true, issuer: true });
    expect(await facts("expired")).toEqual({ name: true, valid: false, issuer: true });
    expect(await facts("unknown-issuer")).toEqual({ name: true, valid: true, issuer: false });
  });
});
