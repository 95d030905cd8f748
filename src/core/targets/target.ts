import type { Bytes, Ms } from "#core/units.ts";
import type { Access, DeniedBy, TargetPolicies } from "./access.ts";
import type { TargetKind } from "./target-kind.ts";
import type { Timeouts } from "./timeouts.ts";

/** One way into a service, with everything that config and its kind say of it. */
export interface Target {
  readonly id: string;
  readonly kind: TargetKind;
  /** Where to connect. `host` is a name or a literal address without brackets. */
  readonly origin: Origin;
  /** The `Host` header (`:authority`) as sent, with the port where it is not the scheme's own. */
  readonly hostHeader: string;
  /** SNI and the name the certificate must bear; null on plain HTTP. The host of the URL, whatever `Host` says. */
  readonly serverName: string | null;
  readonly auth: "iam" | "none";
  /** Null where `auth` is `none`. */
  readonly signing: SigningScope | null;
  /** At least one; the first is the main one. */
  readonly requests: readonly [TargetRequest, ...TargetRequest[]];
  /** Further requests that every policy layer must allow too (a function's other ARN form); often empty. */
  readonly alsoAllowed: readonly TargetRequest[];
  readonly deadlines: Deadlines;
  readonly timeouts: Timeouts;
  /** Addresses pinned by `network.resolve`; null when DNS is asked. */
  readonly pinned: readonly string[] | null;
  readonly protocol: "http/1.1" | "h2";
  /** Whether its name should resolve to one address per zone; never so for a literal address or a zonal endpoint name. */
  readonly zonesExpected: boolean;
  /** Whether the reference echo function answers behind it: then sizes, events and errors can be asked for. */
  readonly echo: EchoForm | null;
  /** What the certificate may have left before the check fails. */
  readonly certificateDaysMin: number;
  /** Who else may do what; a cell each of the access table. Absent where the config says nothing of it. */
  readonly access?: readonly Access[];
  /** Absent: everyone. Else the principals whose cells of the access table are asked. */
  readonly principals?: readonly string[];
  /** Absent where the config names no policy files. */
  readonly policies?: TargetPolicies;
}

export interface Origin {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly port: number;
}

export interface SigningScope {
  readonly service: string;
  readonly region: string;
  /** `unsigned`: `x-amz-content-sha256: UNSIGNED-PAYLOAD` is sent and signed (Lattice demands it). */
  readonly payload: "signed" | "unsigned";
}

export interface TargetRequest {
  readonly name: string;
  readonly method: string;
  /** Path and query as on the wire, stage or invocation path included. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly expect: Expectation;
}

export interface Expectation {
  readonly statuses: readonly number[];
  readonly body: BodyExpectation | null;
  /** Lower-case names; each must be there and contain the text. */
  readonly headers: Readonly<Record<string, string>>;
  /** Present where the request is meant to be refused; `statuses` are then those of refusals. */
  readonly denied?: DeniedBy;
}

export type BodyExpectation =
  | { readonly kind: "contains"; readonly text: string }
  | { readonly kind: "equals"; readonly text: string }
  | { readonly kind: "matches"; readonly pattern: string };

export interface Deadlines {
  readonly dnsMs: Ms;
  readonly connectMs: Ms;
  readonly tlsMs: Ms;
  readonly firstByteMs: Ms;
  readonly totalMs: Ms;
}

/** The event a front builds for a Lambda function; `direct` is the invocation payload itself. */
export type EventForm = "lattice-v1" | "lattice-v2" | "alb" | "alb-multi-value" | "api-gateway" | "direct";

/** How the echo function is reached: it answers with the event it was given, inside the front's response form. */
export interface EchoForm {
  readonly event: EventForm;
  /** The largest request body worth trying: near the front's limit. */
  readonly requestBytesMax: Bytes;
}
