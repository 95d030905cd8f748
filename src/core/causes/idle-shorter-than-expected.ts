import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { idleTimerOf } from "#core/targets/timeouts.ts";
import { type Ms, showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { endedIn, timedOutIn } from "./recognise/failed.ts";
import { keptInVain, onKept } from "./recognise/kept.ts";
import { sighting } from "./recognise/sighting.ts";
import { place } from "./words/place.ts";

/** Less silence than this is not idling: an end so soon is the server's refusal to keep the connection. */
const idlingMs = 1000;

export const idleShorterThanExpected: Cause = {
  code: "idle-shorter-than-expected",
  layer: "connection",
  title: "Idle connections end sooner than expected",
  explanation:
    "A connection was gone after less silence than the documented idle timeout. Either the timeout was set lower (a load balancer's and a Lattice service's can be), or another hop with a shorter one is in between: a proxy, a NAT gateway, connection tracking.",
  remedy: ({ kind }) => {
    const usual = kind.timers.idle === null ? "" : ` (usually ${showMs(kind.timers.idle.value)})`;
    return `Look up the idle timeout that is really set${usual}, and look for a hop between with a shorter one: proxy, firewall, NAT gateway, connection tracking of the client's network interface. Until it is found, let clients drop idle connections before the time that was measured here.`;
  },
  source:
    "https://aws.amazon.com/blogs/networking-and-content-delivery/implementing-long-running-tcp-connections-within-vpc-networking/",
  trust: "doc",
  refines: ["reuse-refused"],
  recognise(exchanges, target) {
    const expectedMs = idleTimerOf(target);
    if (expectedMs === null) return null;
    const ended = endings(exchanges);
    // What ends without a silence, too, does not end by it.
    if (ended.some(({ idleMs }) => idleMs < idlingMs)) return null;
    return sighting(
      "likely",
      ended
        .filter(({ idleMs }) => idleMs < expectedMs)
        .map(({ exchange, idleMs }) => describe(exchange, idleMs, expectedMs, target)),
    );
  },
};

interface Ending {
  readonly exchange: Exchange;
  readonly idleMs: Ms;
}

/** Connections that ended in a silence of known length, noticed then or with the next request. */
const endings = (exchanges: readonly Exchange[]): readonly Ending[] => [
  ...keptInVain(exchanges).flatMap(({ second, idleMs, announced }) =>
    idleMs === null || announced ? [] : [{ exchange: second, idleMs }],
  ),
  ...onKept([...endedIn(exchanges, "send", "wait"), ...timedOutIn(exchanges, "send", "wait")]).flatMap(
    ({ exchange, connection: { idleMs } }) => (idleMs === null ? [] : [{ exchange, idleMs }]),
  ),
];

const describe = (exchange: Exchange, idleMs: Ms, expectedMs: Ms, target: Target): string =>
  `The connection to ${place(exchange, target)} was gone after ${showMs(idleMs)} of silence; ${target.kind.title} keeps it for ${showMs(expectedMs)} unless it is set otherwise.`;
