import type { Fact } from "#core/facts.ts";
import type { Bytes, Ms } from "#core/units.ts";
import type { Dialect } from "./dialects/dialect.ts";
import type { KindFields } from "./fields.ts";
import type { EventForm, TargetRequest } from "./target.ts";

/**
 * One kind of way into a service: drives config (its fields), checks (what to expect) and the lab (how to behave), so that
 * one correction corrects all three.
 */
export interface TargetKind extends KindFields {
  /** As written in config, e.g. `lattice`. Equals the file's name. */
  readonly kind: string;
  readonly title: string;
  /** SigV4 service; null when the config must name it. */
  readonly signingService: string | null;
  readonly payload: "signed" | "unsigned";
  /** Whether it takes a signature in the query; null: it reads none, or that is its own affair. */
  readonly presigned: Fact<boolean> | null;
  /** What to do when the config does not say. */
  readonly authDefault: "iam" | "none";
  /** Whether the front itself verifies signatures (an ALB forwards them unread). */
  readonly authenticates: boolean;
  /** Whether such names usually resolve to one address per zone, two at least; a `Target` says it of its own name. */
  readonly zonesExpected: boolean;
  /** Ranges beyond the usual private ones that count as private for this kind, as CIDR. */
  readonly privateRanges: readonly string[];
  readonly timers: {
    readonly idle: Fact<Ms> | null;
    readonly idleEnd: Fact<"fin" | "rst" | "rst-on-next-byte" | "silent"> | null;
    readonly lifetime: Fact<Ms> | null;
    /** How long the front waits for the integration or target. */
    readonly request: Fact<Ms> | null;
  };
  readonly limits: {
    readonly requestBody: Fact<Bytes> | null;
    readonly responseBody: Fact<Bytes> | null;
    readonly requestHeaders: Fact<Bytes> | null;
  };
  /** Takes the effect out of a request: as good as it for the connection, but nothing is done. Absent: as it is. */
  readonly withoutEffect?: (request: TargetRequest) => TargetRequest;
  readonly events: readonly EventForm[];
  /** How it words its refusals and errors. */
  readonly dialect: Dialect;
}
