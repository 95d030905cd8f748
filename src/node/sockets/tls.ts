import { X509Certificate } from "node:crypto";
import { isIP, type Socket } from "node:net";
import {
  checkServerIdentity,
  connect,
  createSecureContext,
  rootCertificates,
  type SecureContext,
  type TLSSocket,
} from "node:tls";
import type { Failure } from "#core/observations/failure.ts";
import { certificateFailure } from "./to-failure.ts";

/**
 * Node's roots and the issuers of `network.ca`. One for all connections, since reading the roots takes up to 100 ms.
 *
 * @throws RangeError when `caPem` holds no certificate, or one that cannot be read: Node would ignore it in silence
 */
export function createTrust(caPem: string | null): SecureContext {
  if (caPem !== null) mustHoldCertificates(caPem);
  return createSecureContext({
    minVersion: "TLSv1.2",
    // `ca` replaces the roots instead of adding to them.
    ...(caPem === null ? {} : { ca: [...rootCertificates, caPem] }),
  });
}

/** @throws RangeError when there is no certificate in `pem`, or one that cannot be read */
export function mustHoldCertificates(pem: string): void {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new RangeError("network.ca holds no PEM certificate (-----BEGIN CERTIFICATE-----)");
  blocks.forEach((block, index) => {
    try {
      new X509Certificate(block);
    } catch {
      throw new RangeError(`network.ca: certificate ${index + 1} of ${blocks.length} cannot be read`);
    }
  });
}

export interface Handshake {
  /** SNI, and the name or address that the certificate must bear. */
  readonly name: string;
  readonly protocol: "http/1.1" | "h2";
  readonly trust: SecureContext;
}

/**
 * Begins a handshake on a connected socket. Once it is done, `handshakeProblem` must be asked before anything is written:
 * Node itself refuses nobody here, so that a refused certificate can be read (docs/decisions/0004).
 */
export const startHandshake = (socket: Socket, { name, protocol, trust }: Handshake): TLSSocket =>
  connect({
    socket,
    secureContext: trust,
    host: name,
    // An address is no server name (RFC 6066 §3): then the certificate must bear the address.
    ...(isIP(name) === 0 ? { servername: name } : {}),
    checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
    ALPNProtocols: [protocol],
    rejectUnauthorized: false,
  });

/** Why nothing may be written on it; null where the certificate is good, chain and name, and the protocol agreed on. */
export function handshakeProblem(socket: TLSSocket, wanted: Handshake["protocol"]): Failure | null {
  if (!socket.authorized) return certificateFailure(socket.authorizationError);
  if (wanted === "h2" && socket.alpnProtocol !== "h2")
    return { kind: "malformed", detail: "the peer does not agree to HTTP/2: it chose no h2 in ALPN" };
  return null;
}
