import type { Toxic } from "./toxic.ts";

/** What a proxy between client and lab does, and the cause that `check` must name first; null where nothing may be named. */
export interface ToxicRow {
  readonly name: string;
  /** A target of the lab. */
  readonly target: string;
  readonly toxics: readonly Toxic[];
  readonly cause: string | null;
}

type Stream = Toxic["stream"];

const resets = (stream: Stream): Toxic => ({ type: "reset_peer", stream, attributes: { timeout: 0 } });
const swallows = (timeout: number): Toxic => ({ type: "timeout", stream: "downstream", attributes: { timeout } });
const endsAfter = (bytes: number): Toxic => ({ type: "limit_data", stream: "downstream", attributes: { bytes } });
const limits = (stream: Stream, rate: number): Toxic => ({ type: "bandwidth", stream, attributes: { rate } });
/** Pieces of about so many bytes, so long apart. */
const slices = (size: number, delayMs: number): Toxic => ({
  type: "slicer",
  stream: "downstream",
  attributes: { average_size: size, size_variation: size / 2, delay: delayMs * 1000 },
});

/** From nothing to 200 ms each way. */
export const jitter: readonly Toxic[] = (["upstream", "downstream"] as const).map((stream) => ({
  type: "latency",
  stream,
  attributes: { latency: 100, jitter: 100 },
}));

export const toxicRows: readonly ToxicRow[] = [
  // What is unpleasant and no fault: nobody said how fast the path must be.
  { name: "jitter of 200 ms each way", target: "orders-alb", toxics: jitter, cause: null },
  { name: "jitter of 200 ms each way, signed", target: "orders-direct", toxics: jitter, cause: null },
  { name: "answers in small pieces", target: "orders-alb", toxics: [slices(64, 0)], cause: null },
  // What resets.
  { name: "reset at the answer", target: "plain", toxics: [resets("downstream")], cause: "tcp-reset" },
  { name: "reset at the request", target: "plain", toxics: [resets("upstream")], cause: "tcp-reset" },
  {
    name: "reset at the TLS greeting",
    target: "orders-alb",
    toxics: [resets("upstream")],
    cause: "tls-handshake-reset",
  },
  // What swallows answers, and ends connections after a while or never.
  { name: "answers swallowed", target: "plain", toxics: [swallows(0)], cause: "response-timeout" },
  {
    name: "TLS greetings swallowed",
    target: "orders-alb",
    toxics: [swallows(0)],
    cause: "tls-handshake-timeout",
  },
  {
    name: "answers swallowed, closed after a second",
    target: "plain",
    toxics: [swallows(1000)],
    cause: "response-truncated",
  },
  {
    name: "TLS greetings swallowed, closed after a second",
    target: "orders-alb",
    toxics: [swallows(1000)],
    cause: "tls-handshake-reset",
  },
  // What is too slow for the deadlines.
  { name: "answers that drip", target: "plain", toxics: [slices(4, 200)], cause: "response-timeout" },
  { name: "1 KB/s to the client", target: "orders-alb", toxics: [limits("downstream", 1)], cause: "response-timeout" },
  {
    name: "10 KB/s to the server",
    target: "orders-alb",
    toxics: [limits("upstream", 10)],
    cause: "request-not-taken",
  },
  // What ends connections after so many bytes.
  { name: "ended inside the answer", target: "plain", toxics: [endsAfter(100)], cause: "response-truncated" },
  {
    name: "ended inside the TLS handshake",
    target: "orders-alb",
    toxics: [endsAfter(600)],
    cause: "tls-handshake-reset",
  },
  {
    name: "ended inside a large answer",
    target: "orders-alb",
    toxics: [endsAfter(4000)],
    cause: "response-truncated",
  },
];
