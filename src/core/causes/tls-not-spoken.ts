import type { Cause } from "./cause.ts";
import { failedWith } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";
import { place } from "./words/place.ts";

export const tlsNotSpoken: Cause = {
  code: "tls-not-spoken",
  layer: "tls",
  title: "https is spoken to a port that does not speak TLS",
  explanation:
    "The peer answered the TLS greeting with something that is not TLS, usually a plain HTTP error. Node calls it `wrong version number`, which sends people after TLS versions; the scheme or the port is what is wrong.",
  remedy: (target) =>
    byKind(target, {
      lattice: `Use http:// if the listener on port ${target.origin.port} is an HTTP listener, or the port of the HTTPS listener (usually 443). Signed requests work over an HTTP listener too, but nothing then hides them.`,
      alb: `Use http:// if the listener on port ${target.origin.port} is an HTTP listener, or the port of the HTTPS listener (usually 443).`,
      other: `Use http:// for port ${target.origin.port}, or the port that speaks TLS (usually 443). If it should speak TLS, look for a proxy on the way that answers in plain HTTP.`,
    }),
  source: "https://www.rfc-editor.org/rfc/rfc8446#section-4.1.2",
  trust: "ran",
  refines: [],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      failedWith(exchanges, "tls-not-spoken").map(
        ({ exchange }) => `${place(exchange, target)} answered the TLS greeting with something that is not TLS.`,
      ),
    ),
};
