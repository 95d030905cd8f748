import type { Deadlines } from "#core/targets/target.ts";
import { seconds } from "#core/units.ts";
import { object, optional } from "./object.ts";
import { duration } from "./quantity.ts";

export const deadlinesDefault: Deadlines = {
  dnsMs: seconds(3),
  connectMs: seconds(5),
  tlsMs: seconds(5),
  firstByteMs: seconds(10),
  totalMs: seconds(30),
};

export const deadlinesShape = object({
  dns: optional(duration("3s"), "For the name to resolve; 3s unless said otherwise."),
  connect: optional(duration("5s"), "For the TCP connection; 5s unless said otherwise."),
  tls: optional(duration("5s"), "For the TLS handshake; 5s unless said otherwise."),
  firstByte: optional(
    duration("10s"),
    "From the request written to the first byte of the response; 10s unless said otherwise.",
  ),
  total: optional(duration("30s"), "For all of it: a slow drip ends here. 30s unless said otherwise."),
});

type Written = { readonly [K in "dns" | "connect" | "tls" | "firstByte" | "total"]: Deadlines["dnsMs"] | null };

/** What is written, over what holds otherwise. */
export const mergeDeadlines = (written: Written | null, otherwise: Deadlines): Deadlines => ({
  dnsMs: written?.dns ?? otherwise.dnsMs,
  connectMs: written?.connect ?? otherwise.connectMs,
  tlsMs: written?.tls ?? otherwise.tlsMs,
  firstByteMs: written?.firstByte ?? otherwise.firstByteMs,
  totalMs: written?.total ?? otherwise.totalMs,
});
