import type { Deadlines, EchoForm, EventForm, Origin, TargetRequest } from "./target.ts";

/** One config field of a target kind: drives the parser, its messages and the JSON Schema alike. */
export interface Field {
  readonly name: string;
  readonly type: "string" | "url" | "choice";
  readonly required: boolean;
  readonly choices?: readonly string[];
  /** One sentence for the schema and for `init`'s comments. */
  readonly description: string;
  readonly example: string;
}

export interface KindInput {
  /** The kind's own fields, present ones only, each already of its declared type. */
  readonly values: Readonly<Record<string, string>>;
  /** The target's region or else the config's; null when neither says. */
  readonly region: string | null;
  /** What the target's `echo` field says; null when absent. */
  readonly echo: EventForm | true | null;
  readonly deadlines: Deadlines;
}

/** Where a target is and what its main request is when the config gives none. */
export interface Configured {
  readonly kind: "ok";
  readonly origin: Origin;
  readonly hostHeader: string;
  readonly serverName: string | null;
  /** Set before every request's path (`/prod`); empty when there is none. */
  readonly pathPrefix: string;
  /** Whether method and path follow from the kind's own fields, so that `request` may not give them. */
  readonly pathFixed: boolean;
  /** Sent with every request (`x-amz-invocation-type`). */
  readonly headers: Readonly<Record<string, string>>;
  /** What the config's `request` is merged over; also the default expectations. */
  readonly request: TargetRequest;
  readonly alsoAllowed: readonly TargetRequest[];
  /** As the host name or an ARN has it; null when neither tells. The target's own `region` goes before it. */
  readonly signingRegion: string | null;
  readonly zonesExpected: boolean;
  readonly echo: EchoForm | null;
}

export interface FieldProblem {
  readonly kind: "problem";
  readonly field: string;
  /** Continues `expected …`. */
  readonly expected: string;
}

export interface KindFields {
  /** Beyond those every target has. */
  readonly fields: readonly Field[];
  configure(input: KindInput): Configured | FieldProblem;
}
