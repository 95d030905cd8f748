import type { Socket } from "node:net";
import { createServer, type TlsOptions } from "node:tls";
import type { Link } from "./link.ts";

/**
 * Shakes hands on links as the server. `tls.Server` keeps the TCP connection below to itself, and only that can send RST:
 * so each secured socket finds the link it belongs to by the addresses and ports, which are unique among open connections.
 */
export function createSecure(options: TlsOptions, done: (link: Link) => void): (link: Link) => void {
  const underWay = new Map<string, Link>();
  const server = createServer(options);
  server.on("secureConnection", (stream) => {
    stream.on("error", () => {});
    const link = underWay.get(placeOf(stream));
    if (link === undefined) return void stream.destroy();
    link.secured(stream);
    done(link);
  });
  return (link) => {
    const place = placeOf(link.raw);
    underWay.set(place, link);
    link.raw.once("close", () => underWay.delete(place));
    server.emit("connection", link.raw);
  };
}

const placeOf = ({ localAddress, localPort, remoteAddress, remotePort }: Socket): string =>
  `${localAddress} ${localPort} ${remoteAddress} ${remotePort}`;
