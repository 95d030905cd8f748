import type { OwnPrices } from "#core/cost/prices.ts";
import type { Target } from "#core/targets/target.ts";
import type { Ms, PerSecond } from "#core/units.ts";

/** A whole config, parsed: nothing after this point meets an unchecked value. */
export interface Config {
  readonly region: string | null;
  readonly credentials: CredentialsSource;
  readonly network: Network;
  readonly targets: readonly Target[];
  readonly loads: readonly Load[];
  readonly compare: CompareSettings;
  readonly limits: Limits;
}

export type CredentialsSource =
  /** The SDK's default chain: environment, profile or SSO, web identity, container, instance. */
  | { readonly kind: "default-chain" }
  | {
      readonly kind: "profile";
      readonly profile: string;
      /** A shared credentials file other than the usual one; absolute. */
      readonly file: string | null;
      /** A profile whose session has ended, to prove that ended sessions are refused. */
      readonly endedProfile: string | null;
    };

export interface Network {
  /** Name → addresses, as given; like curl's `--resolve`. */
  readonly resolve: Readonly<Record<string, readonly string[]>>;
  /** `address` or `address:port`; null: the system's resolver. */
  readonly dns: readonly string[] | null;
  /** PEM file of further trusted issuers; absolute; null when there is none. */
  readonly caFile: string | null;
}

export interface Load {
  readonly name: string;
  readonly engine: "k6" | "node";
  /** Ids, all known. */
  readonly targets: readonly string[];
  readonly arrival:
    | { readonly kind: "open"; readonly rate: PerSecond }
    | { readonly kind: "closed"; readonly connections: number };
  readonly durationMs: Ms;
  readonly warmupMs: Ms;
  readonly scenario: string;
  /** As written; parsed by `core/verdicts` when loads are run. */
  readonly thresholds: readonly string[];
}

export interface CompareSettings {
  readonly rate: PerSecond;
  readonly durationMs: Ms;
  readonly marginMs: Ms;
  /** In place of list prices; null: none. */
  readonly prices: OwnPrices | null;
}

export interface Limits {
  readonly maxRate: PerSecond;
  readonly maxDurationMs: Ms;
  /** `private` (loopback, RFC 1918, 100.64/10, link-local, ULA), `public`, or CIDR ranges. */
  readonly allow: readonly string[];
}
