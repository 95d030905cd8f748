import { readFile, writeFile } from "node:fs/promises";
import { rootCertificates } from "node:tls";

// Where Go looks on Linux and BSD, in its order.
const systemFiles: readonly string[] = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/**
 * Writes the system's issuers and the given ones into one file for SSL_CERT_FILE: k6 has no option for an issuer, and that
 * variable replaces the system's file.
 */
export async function writeTrustFile(file: string, caFile: string, usual: string | undefined): Promise<void> {
  const own = await readFile(caFile, "utf8");
  const system = await firstReadable(usual === undefined ? systemFiles : [usual]);
  await writeFile(file, `${system ?? rootCertificates.join("\n")}\n${own}`, { mode: 0o600 });
}

async function firstReadable(files: readonly string[]): Promise<string | null> {
  for (const file of files) {
    const text = await readFile(file, "utf8").catch(() => null);
    if (text !== null) return text;
  }
  return null;
}
