import type { TLSSocket } from "node:tls";
import type { TlsFacts } from "#core/observations/exchange.ts";

/** What a handshake showed, whether or not its certificate is accepted; null when the peer showed no certificate. */
export function readTlsFacts(socket: TLSSocket): TlsFacts | null {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return null;
  return {
    version: socket.getProtocol() ?? "unknown",
    cipher: socket.getCipher().standardName,
    alpn: typeof socket.alpnProtocol === "string" ? socket.alpnProtocol : null,
    subject: inOneLine(certificate.subject),
    issuer: inOneLine(certificate.issuer),
    altNames: readAltNames(certificate.subjectAltName ?? ""),
    validFrom: isoTime(certificate.validFrom),
    validTo: isoTime(certificate.validTo),
    fingerprint256: certificate.fingerprint256,
  };
}

/** `C=US\nO=Example` as `C=US, O=Example`; undefined where a certificate bears no name at all. */
const inOneLine = (name: string | undefined): string => (name ?? "").trim().split("\n").join(", ");

/** OpenSSL writes `Nov 23 10:11:12 2026 GMT`; what cannot be read stays as it is. */
const isoTime = (text: string): string => {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : at.toISOString();
};

/**
 * The names and addresses of `DNS:a.example, IP Address:10.0.0.1`. Node writes a name that holds a comma or a quote as JSON,
 * so that no certificate can pass off one name as two.
 */
export function readAltNames(text: string): readonly string[] {
  const entries = text.matchAll(/(?:^|, )[A-Za-z ]+:("(?:[^"\\]|\\.)*"|[^,]*)/g);
  return [...entries].map(([, name = ""]) => (name.startsWith('"') ? unquote(name) : name));
}

function unquote(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
