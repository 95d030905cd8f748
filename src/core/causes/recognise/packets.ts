import type { Exchange } from "#core/observations/exchange.ts";

/** A request that fits into one packet of an Ethernet path needs no path MTU. */
const onePacketBytes = 1400;

/** Request line, headers and body as HTTP/1.1 writes them; nothing where it never came to the request. */
export const requestBytes = ({ sent }: Exchange): number => sent.bodyBytes + sent.headerBytes;

export const fitsOnePacket = (exchange: Exchange): boolean => requestBytes(exchange) <= onePacketBytes;
