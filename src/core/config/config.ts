import type { OwnPrices } from "#core/cost/prices.ts";
import type { Target } from "#core/targets/target.ts";
import type { Ms, PerSecond } from "#core/units.ts";

/** A whole config, parsed: nothing after this point meets an unchecked value. */
export interface Config {
  readonly region: string | null;
  readonly credentials: CredentialsSource;
  /** Further principals that requests may be made as; the one of `credentials` is called `default`. */
  readonly principals: readonly NamedPrincipal[];
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
    }
  /** The environment, under names that begin with `prefix`: `CI_AWS` for `CI_AWS_ACCESS_KEY_ID` and so on. */
  | { readonly kind: "environment"; readonly prefix: string }
  | {
      /** A role, assumed through STS with the credentials of another source. */
      readonly kind: "role";
      readonly roleArn: string;
      readonly sessionName: string;
      readonly externalId: string | null;
      readonly region: string;
      /** Of STS, as an origin's URL; null: the Regional one. */
      readonly endpoint: string | null;
      readonly from: CredentialsSource;
    };

export interface NamedPrincipal {
  readonly name: string;
  readonly source: CredentialsSource;
}

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
  /** Who signs: `default`, a name of `principals`, or `anonymous`, who does not. */
  readonly principal: string;
  /** As written; parsed by `core/verdicts` when loads are run. */
  readonly thresholds: readonly string[];
}

export interface CompareSettings {
  readonly rate: PerSecond;
  readonly durationMs: Ms;
  readonly marginMs: Ms;
  /** As in `Load`. */
  readonly principal: string;
  /** In place of list prices; null: none. */
  readonly prices: OwnPrices | null;
}

export interface Limits {
  readonly maxRate: PerSecond;
  readonly maxDurationMs: Ms;
  /** `private` (loopback, RFC 1918, 100.64/10, link-local, ULA), `public`, CIDR ranges, or `sts` (for credentials, `public`). */
  readonly allow: readonly string[];
}
