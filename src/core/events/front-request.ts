/** An accepted request, as a front knows it when it calls the function behind it. */
export interface FrontRequest {
  readonly method: string;
  /** Path and query as on the wire. */
  readonly path: string;
  /** As sent, in order, repeats kept; names in any case. */
  readonly headers: Headers;
  /** Text or base64 as `bodyEncoding` says; null when there is none. */
  readonly body: EventBody | null;
  readonly scheme: "http" | "https";
  /** The port the client connected to. */
  readonly port: number;
  readonly caller: Caller;
  readonly source: Source;
  readonly names: FrontNames;
  /** A UUID. */
  readonly requestId: string;
  /** When the request came in, milliseconds since 1970. */
  readonly timeEpochMs: number;
}

export type Headers = readonly (readonly [string, string])[];

export type EventBody = { readonly text: string } | { readonly base64: string };

export type Caller =
  | { readonly kind: "anonymous" }
  | {
      readonly kind: "iam";
      /** The session's ARN for an assumed role. */
      readonly arn: string;
      readonly account: string;
      readonly orgId: string | null;
      readonly sessionName: string | null;
      readonly accessKeyId: string;
      /** `AROA…:session` or `AIDA…`. */
      readonly userId: string;
    };

export interface Source {
  readonly ip: string;
  readonly vpc: string | null;
  readonly vpce: string | null;
}

/** What the front and the things behind it are called; what a form does not carry is not read. */
export interface FrontNames {
  readonly region: string;
  readonly account: string;
  /** Lattice and ALB. */
  readonly targetGroupArn: string;
  /** Lattice. */
  readonly serviceArn: string;
  readonly serviceNetworkArn: string;
  /** API Gateway. `resourcePath` is the route's template, `/orders/{id}` or `/{proxy+}`. */
  readonly apiId: string;
  readonly stage: string;
  readonly resourcePath: string;
}
