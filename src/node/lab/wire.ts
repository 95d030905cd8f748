/** A request as a front hands it to the application behind it. */
export interface LabRequest {
  readonly method: string;
  /** Path and query as on the wire. */
  readonly path: string;
  /** Lower-case names, in the order received, repeats kept. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly scheme: "http" | "https";
  /** Null without TLS or SNI. */
  readonly serverName: string | null;
  readonly remoteAddress: string;
  readonly localAddress: string;
  readonly localPort: number;
  /** Requests this connection had carried before. */
  readonly requestsBefore: number;
}

/** What the application wants done on the wire. `afterMs` is waited first, already scaled. */
export type LabReply =
  | {
      readonly kind: "response";
      readonly afterMs: number;
      readonly status: number;
      readonly statusText: string;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: string | Buffer;
    }
  /** Bytes as they are, then the end: truncated bodies, things that are not HTTP. */
  | { readonly kind: "raw"; readonly afterMs: number; readonly bytes: Buffer; readonly end: "fin" | "rst" | "hang" }
  | { readonly kind: "hang" };

/** What stands behind a front: everything from the request line on. */
export type App = (request: LabRequest) => Promise<LabReply>;
