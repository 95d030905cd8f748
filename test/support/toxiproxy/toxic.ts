/**
 * What toxiproxy does to the bytes of one direction. `upstream`: from client to server. Times in ms, but for the slicer's `delay`
 * (µs); `rate` in KB/s.
 *
 * @see https://github.com/Shopify/toxiproxy#toxics
 */
export type Toxic = { readonly stream: "upstream" | "downstream" } & (
  | { readonly type: "latency"; readonly attributes: { readonly latency: number; readonly jitter: number } }
  | { readonly type: "bandwidth"; readonly attributes: { readonly rate: number } }
  /** Ends the connection with RST, so long after the first byte. */
  | { readonly type: "reset_peer"; readonly attributes: { readonly timeout: number } }
  /** Swallows everything; ends the connection after so long, or never where that is 0. */
  | { readonly type: "timeout"; readonly attributes: { readonly timeout: number } }
  | {
      readonly type: "slicer";
      readonly attributes: { readonly average_size: number; readonly size_variation: number; readonly delay: number };
    }
  /** Ends the connection once so many bytes have passed. */
  | { readonly type: "limit_data"; readonly attributes: { readonly bytes: number } }
);
