import type { Exchange } from "#core/observations/exchange.ts";
import type { Failure } from "#core/observations/failure.ts";

/** A request that fits into one packet of an Ethernet path needs no path MTU. */
const onePacketBytes = 1400;

/** Request line, headers and body as HTTP/1.1 writes them; nothing where it never came to the request. */
export const requestBytes = ({ sent }: Exchange): number => sent.bodyBytes + sent.headerBytes;

/** A packet that is lost is sent again within a second: before, nobody can tell it from one that is under way. */
const retransmitMs = 1000;

/** Whether the peer's TCP took full-size packets of it, and not all: a window closes only when it is full. */
export const takenInPart = ({ peerTcp, afterMs }: Extract<Failure, { kind: "timeout" }>): boolean =>
  peerTcp === "window-closed" || (peerTcp === "taking" && afterMs > retransmitMs);

export const fitsOnePacket = (exchange: Exchange): boolean => requestBytes(exchange) <= onePacketBytes;
