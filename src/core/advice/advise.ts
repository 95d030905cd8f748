import { type Ms, ms, ratio, seconds, showMs } from "#core/units.ts";
import type { Measured } from "./measured.ts";
import type { ClientSettings } from "./settings.ts";

/** What is left of a timer once clocks, queues and slow event loops have had their share. */
const margin = 0.8;
/** Of a lifetime: a request that has begun must still come to its end. */
const ageMargin = 0.9;
const probeMost = seconds(60);
/** The pool size of AWS's own SDKs for JavaScript; botocore has 10, which a busy service soon finds too few. */
const pool = 50;

/** The settings that follow from what was measured; null where no silence is known to be safe. */
export function advise(measured: Measured): ClientSettings | null {
  const safeMs = knownSafe(measured);
  if (safeMs === null) return null;
  const idleDropMs = rounded(margin * safeMs - 2 * (measured.rttMs ?? 0));
  if (idleDropMs < 1) return null;
  const tcpKeepAliveMs = ms(Math.max(1000, Math.floor(Math.min(probeMost, safeMs / 3) / 1000) * 1000));
  const { lifetimeMs } = measured;
  const ageMaxMs = lifetimeMs === null ? null : rounded(ageMargin * lifetimeMs);
  return {
    idleDropMs,
    tcpKeepAliveMs,
    ageMaxMs,
    ageJitter: ratio(1, 10),
    pool,
    reasons: [
      idleReason(measured, safeMs, idleDropMs),
      probeReason(measured, tcpKeepAliveMs),
      ...(ageMaxMs === null || lifetimeMs === null ? [] : [ageReason(lifetimeMs, ageMaxMs)]),
      ...(measured.requestsMax === null ? [] : [requestsReason(measured.requestsMax)]),
      "Connections to one host: requests a second times the seconds one takes, twice over, and no fewer: a pool that is too small queues requests, one that is too large only lets more connections grow old.",
    ],
  };
}

/** A silence after which a connection is still there: the timeout where it was seen, the longest survived where not. */
function knownSafe({ exact, closedMs, survivedMs }: Measured): number | null {
  return exact ? closedMs : survivedMs;
}

/** Down to whole seconds, or hundredths of one below ten. */
const rounded = (value: number): Ms => {
  const step = value >= 10_000 ? 1000 : value >= 1000 ? 10 : 1;
  return ms(Math.floor(value / step) * step);
};

function idleReason({ exact, closeKind }: Measured, safeMs: number, dropMs: Ms): string {
  const found =
    closeKind === "none"
      ? `${showMs(safeMs)} of silence were survived and no close was met`
      : exact
        ? `the other side closes after ${showMs(safeMs)} of silence`
        : `${showMs(safeMs)} of silence is the longest that was survived`;
  return `Drop idle connections after ${showMs(dropMs)}: ${found}, and a client that drops first never races the close.`;
}

function probeReason({ layer, closeKind }: Measured, probeMs: Ms): string {
  const every = `TCP keep-alive every ${showMs(probeMs)}`;
  if (layer === "l4") return `${every}: the timer is one of the flow, and TCP keep-alive was seen to reset it.`;
  if (layer === "l7")
    return `${every}: it does not reset this timer, which only requests do, but keeps hops between from forgetting the flow during long calls.`;
  return closeKind === "none"
    ? `${every}: hops between (interface endpoints, NAT gateways, connection tracking: 350 s) must not forget the flow during long calls.`
    : `${every}: whatever forgets the flow must hear of it sooner than that.`;
}

const ageReason = (lifetimeMs: Ms, ageMs: Ms): string =>
  `Replace connections at an age of ${showMs(ageMs)}, each up to a tenth sooner by chance: they end at ${showMs(lifetimeMs)} however busy they are, and those that were opened together would end together.`;

const requestsReason = (count: number): string =>
  `A connection ends after ${count} requests: honour \`Connection: close\` (all clients here do), and reckon with a new handshake every ${count} requests.`;
