import type { TargetKind } from "#core/targets/target-kind.ts";

/** How a front of one kind handles its connections, in the lab's scaled time. */
export interface Manners {
  /** Null: never. */
  readonly idleMs: number | null;
  readonly idleEnd: "fin" | "rst" | "rst-on-next-byte" | "silent";
  readonly lifetimeMs: number | null;
  /** `announce`: one more request is answered, with `Connection: close`; `close`: closed as soon as nothing is under way. */
  readonly lifetimeEnd: "announce" | "close";
  /** Protocols offered by ALPN, best first. */
  readonly alpn: readonly ("h2" | "http/1.1")[];
  readonly headerBytesMax: number;
  /** How a port for TLS answers somebody who speaks plain HTTP. */
  readonly toPlainHttp: "400" | "close";
}

const kib = 1024;

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html: after the client
// keep-alive duration an ALB serves one more request. Lattice closes what is open at ten minutes.
const announcing: readonly string[] = ["alb"];

// https://docs.aws.amazon.com/vpc-lattice/latest/ug/https-listeners.html and
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html offer h2 by ALPN.
const speakingH2: readonly string[] = ["alb", "lattice"];

// [recalled] ALBs answer as nginx does, and so do most HTTP servers; the others are not known to say anything.
const sayingSo: readonly string[] = ["alb", "http"];

export const mannersOf = ({ kind, timers, limits }: TargetKind, timeScale: number): Manners => ({
  idleMs: timers.idle === null ? null : timers.idle.value * timeScale,
  idleEnd: timers.idleEnd?.value ?? "fin",
  lifetimeMs: timers.lifetime === null ? null : timers.lifetime.value * timeScale,
  lifetimeEnd: announcing.includes(kind) ? "announce" : "close",
  alpn: speakingH2.includes(kind) ? ["h2", "http/1.1"] : ["http/1.1"],
  // Well above the kind's own limit, so that the application can refuse in the kind's words.
  headerBytesMax: 2 * (limits.requestHeaders?.value ?? 0) + 64 * kib,
  toPlainHttp: sayingSo.includes(kind) ? "400" : "close",
});
