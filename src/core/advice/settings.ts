import type { Ms, Ratio } from "#core/units.ts";

/** What a client should be set to, with the reasons; whole milliseconds. */
export interface ClientSettings {
  /** Idle connections are dropped after this. */
  readonly idleDropMs: Ms;
  /** TCP keep-alive probes are sent after this much silence, and as often; whole seconds. */
  readonly tcpKeepAliveMs: Ms;
  /** Connections are replaced at this age; null: no end of life is known. */
  readonly ageMaxMs: Ms | null;
  /** By up to this share of the age sooner, at random, so that connections opened together do not end together. */
  readonly ageJitter: Ratio;
  /** Connections to one host. */
  readonly pool: number;
  /** In sentences. */
  readonly reasons: readonly string[];
}
