import type { Target } from "#core/targets/target.ts";
import { showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { endedIn } from "./recognise/failed.ts";
import { onKept } from "./recognise/kept.ts";
import { sighting } from "./recognise/sighting.ts";
import { place } from "./words/place.ts";

export const staleReuseReset: Cause = {
  code: "stale-reuse-reset",
  layer: "connection",
  title: "A kept connection was dead when it was used again",
  explanation:
    "The request went out on a connection that had served before, and the peer ended it without a byte of answer: it had closed or forgotten the connection while it was idle, and the client did not know yet. Node calls it ECONNRESET or `socket hang up`; Go, and so k6, silently sends GETs again and hides it.",
  remedy: (target) =>
    `Drop idle connections in the client before the other side does${idleAdvice(target)}. Try again once where the failed connection was a reused one and the call is safe to repeat. Let the client close first: then it never races the server's close.`,
  source: "https://nodejs.org/api/http.html#requestreusedsocket",
  trust: "ran",
  refines: ["response-truncated"],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      onKept(endedIn(exchanges, "send", "wait")).map(({ exchange, failure, connection }) => {
        const idle = connection.idleMs === null ? "" : ` after ${showMs(connection.idleMs)} of silence`;
        return `${place(exchange, target)} ${failure.kind === "reset" ? "reset (RST)" : "closed (FIN)"} connection ${connection.id} without a byte of answer${idle}; it had served ${connection.requestsBefore} ${connection.requestsBefore === 1 ? "request" : "requests"} before.`;
      }),
    ),
};

const idleAdvice = ({ kind }: Target): string =>
  kind.timers.idle === null
    ? ""
    : `: ${kind.title} does so after ${showMs(kind.timers.idle.value)} unless it is set otherwise`;
