/** How whoever gives out credentials is reached: as the config's `network` and `limits` have it for targets. */
export interface Way {
  /** Where STS is asked, unless a profile or a principal names a Region; null: as the SDK finds it. */
  readonly region: string | null;
  /** Further trusted issuers; null: none. */
  readonly caPem: string | null;
  /** `limits.allow`. */
  readonly allow: readonly string[];
  /** At least one. @throws WayError where the name leads nowhere */
  addressesOf(host: string, withinMs: number): Promise<readonly string[]>;
}

/** Why nobody was asked, in a clause that holds names and addresses only. */
export class WayError extends Error {
  override readonly name = "WayError";
}
