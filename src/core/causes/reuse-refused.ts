import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { endedIn } from "./recognise/failed.ts";
import { atEndOfLife, keptInVain, onKept } from "./recognise/kept.ts";
import { replies } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { place } from "./words/place.ts";

/** A silence that no front takes for idling. */
const atOnceMs = 1000;

export const reuseRefused: Cause = {
  code: "reuse-refused",
  layer: "connection",
  title: "The server does not keep connections open",
  explanation:
    "After an answer the connection was closed, so that each request pays for a new TCP and TLS handshake. The server says `Connection: close`, speaks HTTP/1.0, or simply closes: a request that follows at once may then cross the close and be lost, as on a stale connection. A proxy between often does so on its own account.",
  remedy: () =>
    "Turn keep-alive on in the server behind the path, and look for `Connection: close` in its answers and for a proxy that closes after each. In clients check the same: Node's `new Agent()` keeps nothing unless told to, and bodies that are not read to the end block their connection.",
  source: "https://www.rfc-editor.org/rfc/rfc9112#section-9.3",
  trust: "doc",
  // A request that crossed the close looks stale; one that waited a little saw the close itself.
  refines: ["stale-reuse-reset"],
  recognise(exchanges, target) {
    const inVain = keptInVain(exchanges).filter(({ first, idleMs, announced }) => {
      const old = first.connection !== null && atEndOfLife(first.connection, target);
      return !old && (announced || idleMs !== null);
    });
    const answeredAll = replies(exchanges).length === exchanges.length;
    const sure = inVain.some(({ announced, idleMs }) => idleMs !== null && (announced || idleMs < atOnceMs));
    const seen = sighting(
      sure ? "certain" : answeredAll ? "likely" : "possible",
      inVain.map(({ first, second, idleMs, announced }) => {
        const how = announced ? "announced that it would close the connection" : "closed the connection unannounced";
        const idle = idleMs === null ? "" : `, asked to be kept for ${showMs(idleMs)},`;
        return `${place(first, target)} ${how} after its answer; the next request${idle} went out on the new connection ${second.connection?.id}.`;
      }),
    );
    return seen ?? sighting("likely", crossedClose(exchanges, target));
  },
};

/**
 * Requests that met a FIN right after a connection's first answer. Once that may be anything; where it happens to one connection
 * after the other, they are closed after each answer.
 */
function crossedClose(exchanges: readonly Exchange[], target: Target): readonly string[] {
  const crossed = onKept(endedIn(exchanges, "send", "wait")).filter(
    ({ failure, connection: { requestsBefore, idleMs } }) =>
      failure.kind === "closed" && requestsBefore === 1 && (idleMs ?? 0) < atOnceMs,
  );
  if (crossed.length < 2) return [];
  return crossed.map(
    ({ exchange, connection }) =>
      `${place(exchange, target)} closed (FIN) connection ${connection.id} after one answer, without a byte for the request that followed it within ${showMs(atOnceMs)}.`,
  );
}
