import "reflect-metadata";
import * as x509 from "@peculiar/x509";

x509.cryptoProvider.set(globalThis.crypto);

/** A key and its certificate, both as PEM: what a TLS server needs. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  /** As PEM. */
  readonly cert: string;
  issue(subject: Subject): Promise<Identity>;
}

export interface Subject {
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
  /** Days from now; from −1 to 30 unless told. */
  readonly validFromDay?: number;
  readonly validToDay?: number;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const makeKeys = () => globalThis.crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
const day = (count: number): Date => new Date(Date.now() + count * 86_400_000);

async function pem(key: CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await globalThis.crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}

const altNames = ({ names = [], addresses = [] }: Subject): x509.Extension =>
  new x509.SubjectAlternativeNameExtension([
    ...names.map((value) => ({ type: "dns" as const, value })),
    ...addresses.map((value) => ({ type: "ip" as const, value })),
  ]);

/** A certificate authority of this test's own. */
export async function makeAuthority(name = "CN=pathproof test authority"): Promise<Authority> {
  const keys = await makeKeys();
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name,
    notBefore: day(-100),
    notAfter: day(100),
    keys,
    signingAlgorithm: algorithm,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  let serial = 1;
  return {
    cert: authority.toString("pem"),
    async issue(subject) {
      const own = await makeKeys();
      serial++;
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: serial.toString(16).padStart(2, "0"),
        // Not as one text, in which a name could hold what parts names.
        subject: [{ CN: [subject.names?.[0] ?? subject.addresses?.[0] ?? "nobody"] }],
        issuer: authority.subject,
        notBefore: day(subject.validFromDay ?? -1),
        notAfter: day(subject.validToDay ?? 30),
        signingKey: keys.privateKey,
        publicKey: own.publicKey,
        signingAlgorithm: algorithm,
        extensions: [altNames(subject)],
      });
      return { cert: certificate.toString("pem"), key: await pem(own.privateKey) };
    },
  };
}

/** A certificate that nobody vouches for but itself. */
export async function makeSelfSigned(subject: Subject): Promise<Identity> {
  const keys = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: `CN=${subject.names?.[0] ?? "nobody"}`,
    notBefore: day(-1),
    notAfter: day(30),
    keys,
    signingAlgorithm: algorithm,
    extensions: [altNames(subject)],
  });
  return { cert: certificate.toString("pem"), key: await pem(keys.privateKey) };
}
