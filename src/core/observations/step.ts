import type { Ms } from "#core/units.ts";
import type { SigningVariant, Until } from "./exchange.ts";

/** One thing to do on the wire, as data: what a check's script is made of and the probe performs. */
export interface Step {
  /** Unique within a script. */
  readonly label: string;
  readonly until: Until;
  /** `any`: the first address that was given; `each`: one exchange per address. */
  readonly address: "any" | "each";
  /** `kept`: on the socket of the previous step of this script, after that much silence; a fresh one if it is gone. */
  readonly socket: { readonly kind: "fresh" } | { readonly kind: "kept"; readonly idleBeforeMs: Ms };
  /** Sent when `until` is `answered`; null asks for the target's main request. */
  readonly request: RequestToSend | null;
  readonly signing: SigningVariant;
}

export interface RequestToSend {
  readonly method: string;
  /** Path and query as on the wire: already percent-encoded. */
  readonly path: string;
  /** Lower-case names; `host`, `content-length` and what signing adds are not among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}
