import type { Ms } from "#core/units.ts";
import type { SigningVariant, Until } from "./exchange.ts";

/** One thing to do on the wire, as data: what a check's script is made of and the probe performs. */
export interface Step {
  /** Unique within a script. */
  readonly label: string;
  /**
   * Steps of one thread come one after another, threads run side by side. Where the first step of a named thread asks for
   * `each` address, every address has a thread of its own. Absent: one thread with all the others that name none.
   */
  readonly thread?: string;
  readonly until: Until;
  /** `any`: the first address that was given; `each`: one exchange per address, of `addressesMax` at most. */
  readonly address: "any" | "each";
  readonly socket: FreshSocket | KeptSocket;
  /** Sent when `until` is `answered`; null asks for the target's main request. */
  readonly request: RequestToSend | null;
  readonly signing: SigningVariant;
  /** How long its answer may take where that is longer than the target's deadlines allow. Absent: those hold. */
  readonly patienceMs?: Ms;
  /** Who signs; absent: whoever `credentials` are. */
  readonly principal?: string;
}

/**
 * More than any private way in has, in whatever Region: a name that leads to more is somebody's mistake or malice, and must not make
 * a thousand connections. Those left out are counted in the exchanges.
 */
export const addressesMax = 32;

export interface RequestToSend {
  readonly method: string;
  /** Path and query as on the wire: already percent-encoded. */
  readonly path: string;
  /** Lower-case names; `host`, `content-length` and what signing adds are not among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface FreshSocket {
  readonly kind: "fresh";
  /** The silence after which the kernel sends TCP keep-alive probes, in whole seconds; absent: none are sent. */
  readonly tcpKeepAliveMs?: Ms;
}

/** The socket of the previous step, after that much silence. */
export interface KeptSocket {
  readonly kind: "kept";
  readonly idleBeforeMs: Ms;
  /** When it is gone by then: `end` records how and ends the thread. Absent: a fresh one takes its place. */
  readonly ifGone?: "end";
}
