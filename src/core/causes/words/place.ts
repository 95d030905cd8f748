import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";

/** `10.0.1.10:443`, or the name and port where it never came to an address. */
export function place({ address, connection }: Exchange, { origin }: Target): string {
  const host = address ?? origin.host;
  return `${host.includes(":") ? `[${host}]` : host}:${connection?.remotePort ?? origin.port}`;
}

/** `GET /orders/1`, long paths cut. */
export function request({ sent }: Exchange): string {
  const path = sent.path.length > 120 ? `${sent.path.slice(0, 119)}…` : sent.path;
  return `${sent.method} ${path}`;
}
