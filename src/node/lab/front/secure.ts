import { type SecureContext, TLSSocket } from "node:tls";
import type { Link } from "./link.ts";

export interface Handshake {
  readonly context: SecureContext;
  readonly alpn: readonly string[];
}

/**
 * Shakes hands on a link as the server. Done by hand rather than by `tls.Server`, which keeps the TCP connection below to
 * itself: only that can send RST.
 */
export function secure(link: Link, { context, alpn }: Handshake, done: (link: Link) => void): void {
  const stream = new TLSSocket(link.raw, { isServer: true, secureContext: context, ALPNProtocols: [...alpn] });
  // A client that breaks off or distrusts the certificate: what it saw is its own to report.
  stream.on("error", () => {});
  stream.once("secure", () => {
    link.secured(stream);
    done(link);
  });
}
