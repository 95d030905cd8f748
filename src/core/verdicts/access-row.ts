/** One cell of the access table, target × principal × action, in plain parts: what should be, what policies say, what was seen. */
export interface AccessRow {
  readonly target: string;
  readonly principal: string;
  /** The name of a request. */
  readonly action: string;
  readonly expected: {
    /** `observed`: nothing was expected. */
    readonly access: "allowed" | "denied" | "observed";
    /** What should refuse; null where it is not said, or nothing should. */
    readonly by: string | null;
  };
  /** What the policy files say; null where there are none. */
  readonly foreseen: {
    /** `unknown`: it hangs on what is not known. */
    readonly access: "allowed" | "denied" | "unknown";
    /** `endpoint-policy`; null where several layers may refuse, or none. */
    readonly by: string | null;
    /** File and statement, in a clause. */
    readonly says: string;
  } | null;
  readonly seen: {
    /** `unclear`: neither let through nor turned away. */
    readonly access: "allowed" | "denied" | "unclear";
    /** `endpoint-policy`, `authentication`; null unless denied. */
    readonly by: string | null;
    readonly explicit: boolean;
    readonly status: number | null;
  };
  readonly verdict: "pass" | "fail" | "inconclusive";
  /** What was found, in a clause. */
  readonly says: string;
}
