import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { checkServerIdentity, connect, createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import type { Target } from "#core/targets/target.ts";
import { failed, type Got, got } from "./got.ts";
import { readTlsFacts } from "./tls-facts.ts";
import { certificateFailure, toFailure } from "./to-failure.ts";
import type { Wire } from "./wire.ts";
import { type Budget, within } from "./within.ts";

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

/**
 * Shakes hands on a connected wire. The certificate is verified in full, chain and name, but here instead of in Node, which
 * would close the connection before its facts can be read (docs/decisions/0004): nothing is ever written on a wire whose
 * handshake failed.
 */
export function shakeHands(wire: Wire, target: Target, trust: SecureContext, budget: Budget): Promise<Got<null>> {
  const name = target.serverName ?? target.origin.host;
  return within<null>(
    budget,
    () => "tls",
    target.deadlines.tlsMs,
    (settle) => {
      const socket = connect({
        socket: wire.socket,
        secureContext: trust,
        host: name,
        // An address is no server name (RFC 6066 §3): then the certificate must bear the address.
        ...(isIP(name) === 0 ? { servername: name } : {}),
        checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
        ALPNProtocols: [target.protocol],
        rejectUnauthorized: false,
      });
      wire.secure(socket);
      const onError = (error: Error): void => settle(failed(toFailure(error, "tls")));
      socket.once("error", onError);
      socket.once("secureConnect", () => {
        wire.tls = readTlsFacts(socket);
        settle(accepted(socket.authorized, socket.authorizationError, socket.alpnProtocol, target.protocol));
      });
      return () => socket.off("error", onError);
    },
  );
}

function accepted(authorized: boolean, problem: unknown, alpn: unknown, wanted: Target["protocol"]): Got<null> {
  if (!authorized) return failed(certificateFailure(problem));
  if (wanted === "h2" && alpn !== "h2") {
    return failed({ kind: "malformed", detail: "the peer does not agree to HTTP/2: it chose no h2 in ALPN" });
  }
  return got(null);
}
