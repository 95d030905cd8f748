import { type webcrypto as crypto, webcrypto } from "node:crypto";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from "./x509.ts";

/** A certificate authority of one lab run: its key stays in memory and dies with it. */
export interface Authority {
  /** The authority's own certificate; what clients are told to trust. */
  readonly certificatePem: string;
  issue(wanted: Wanted): Promise<Certificate>;
}

export interface Wanted {
  /** DNS names, the first also the subject. */
  readonly names: readonly [string, ...string[]];
  readonly validFrom: Date;
  readonly validTo: Date;
}

export interface Certificate {
  readonly certificatePem: string;
  readonly keyPem: string;
}

// P-256 keys are made in a millisecond; RSA ones would cost the lab seconds at its start.
const keys = { name: "ECDSA", namedCurve: "P-256" } as const;
const signature = { name: "ECDSA", hash: "SHA-256" } as const;
const dayMs = 86_400_000;

export const daysFromNow = (days: number): Date => new Date(Date.now() + days * dayMs);

const makeKeys = (): Promise<crypto.CryptoKeyPair> => webcrypto.subtle.generateKey(keys, true, ["sign", "verify"]);

export async function createAuthority(commonName: string): Promise<Authority> {
  const own = await makeKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [commonName] }],
    keys: own,
    notBefore: daysFromNow(-365),
    notAfter: daysFromNow(365),
    signingAlgorithm: signature,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(own.publicKey),
    ],
  });
  return { certificatePem: certificate.toString("pem"), issue: (wanted) => issue(own, certificate, wanted) };
}

async function issue(
  authority: crypto.CryptoKeyPair,
  issuer: X509Certificate,
  { names, validFrom, validTo }: Wanted,
): Promise<Certificate> {
  const own = await makeKeys();
  const certificate = await X509CertificateGenerator.create({
    // A common name may have 64 characters at most (RFC 5280); clients read the alternative names anyway.
    subject: [{ CN: [names[0].slice(0, 64)] }],
    issuer: issuer.subject,
    publicKey: own.publicKey,
    signingKey: authority.privateKey,
    notBefore: validFrom,
    notAfter: validTo,
    signingAlgorithm: signature,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns" as const, value }))),
      await AuthorityKeyIdentifierExtension.create(issuer),
      await SubjectKeyIdentifierExtension.create(own.publicKey),
    ],
  });
  return { certificatePem: certificate.toString("pem"), keyPem: await privateKeyPem(own.privateKey) };
}

async function privateKeyPem(key: crypto.CryptoKey): Promise<string> {
  const base64 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${base64.replace(/.{64}/g, "$&\n").trimEnd()}\n-----END PRIVATE KEY-----\n`;
}
