import type { HostilePeer } from "./http1-peers.ts";
import { fin, flood, rst, send } from "./play.ts";

const types = {
  data: 0,
  headers: 1,
  rst: 3,
  settings: 4,
  push: 5,
  ping: 6,
  goaway: 7,
  window: 8,
  continuation: 9,
} as const;
const flag = { endStream: 1, endHeaders: 4 } as const;

/** @see RFC 9113 §4.1 */
function frame(
  type: keyof typeof types,
  flags: number,
  stream: number,
  payload: Buffer | readonly number[] = [],
): Buffer {
  const content = Buffer.from(payload);
  const head = Buffer.alloc(9);
  head.writeUIntBE(content.length, 0, 3);
  head.writeUInt8(types[type], 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, content]);
}

/** An entry of HPACK's static table, or of the dynamic one (62 is the newest). */
const indexed = (index: number): number => 0x80 | index;
const status200 = indexed(8);
/** A literal with incremental indexing, name and value shorter than 127 bytes. */
const literal = (name: string, value: string): Buffer =>
  Buffer.concat([Buffer.from([0x40, name.length]), Buffer.from(name), Buffer.from([value.length]), Buffer.from(value)]);

const settings = frame("settings", 0, 0);
const head = frame("headers", flag.endHeaders, 1, [status200]);
const hello = send(settings);

const broken = [
  "protocol-error",
  "response-truncated",
  "tcp-reset",
  "reuse-refused",
  "headers-too-large",
  "payload-too-large",
];
const late = ["response-timeout"];
/** nghttp2 takes leave of who breaks HTTP/2 like that, and Node does not tell. */
const unsaid = late;

/** What a peer says in HTTP/2 once TLS and `h2` are agreed on. The only stream is 1. */
export const http2Peers: readonly HostilePeer[] = [
  { name: "HTTP/1.1 after all", acts: [send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")], causes: broken },
  { name: "silence after agreeing to h2", acts: [hello], causes: late },
  { name: "settings without end", acts: [flood(settings)], causes: [...broken, ...late] },
  {
    name: "pings without end",
    acts: [hello, flood(frame("ping", 0, 0, Buffer.alloc(8)))],
    causes: [...broken, ...late],
  },
  {
    name: "window updates without end",
    acts: [hello, flood(frame("window", 0, 0, [0, 0, 0, 1]))],
    causes: [...broken, ...late],
  },
  {
    name: "a window beyond 31 bits",
    acts: [hello, send(frame("window", 0, 0, [0x7f, 255, 255, 255]))],
    causes: [...broken, ...late],
  },
  { name: "a stream reset at once", acts: [hello, send(frame("rst", 0, 1, [0, 0, 0, 8]))], causes: broken },
  {
    name: "continuations without end",
    acts: [
      hello,
      send(frame("headers", 0, 1, [status200])),
      flood(frame("continuation", 0, 1, literal("x-a", "b".repeat(100)))),
    ],
    causes: [...broken, ...late],
  },
  {
    name: "empty continuations without end",
    acts: [hello, send(frame("headers", 0, 1, [status200])), flood(frame("continuation", 0, 1))],
    causes: [...broken, ...late],
  },
  // A table entry of 100 bytes, named 16,000 times in a frame: 1.6 MB for 16 KB.
  {
    name: "a bomb of HPACK",
    acts: [
      hello,
      send(
        frame(
          "headers",
          flag.endHeaders,
          1,
          Buffer.concat([Buffer.from([status200]), literal("x-a", "b".repeat(100)), Buffer.alloc(16_000, indexed(62))]),
        ),
      ),
    ],
    causes: [...broken, ...late],
  },
  {
    name: "a table index that is not there",
    acts: [hello, send(frame("headers", flag.endHeaders, 1, [indexed(126)]))],
    causes: [...broken, ...unsaid],
  },
  {
    name: "headers without a status",
    acts: [hello, send(frame("headers", flag.endHeaders | flag.endStream, 1, literal("x-a", "b")))],
    causes: [...broken, ...late],
  },
  {
    name: "a header in capitals",
    acts: [
      hello,
      send(
        frame(
          "headers",
          flag.endHeaders | flag.endStream,
          1,
          Buffer.concat([Buffer.from([status200]), literal("X-A", "b")]),
        ),
      ),
    ],
    causes: [...broken, ...late],
  },
  {
    name: "a body without end",
    acts: [hello, send(head), flood(frame("data", 0, 1, Buffer.alloc(1000)))],
    causes: [...broken, ...late],
  },
  {
    name: "empty data without end",
    acts: [hello, send(head), flood(frame("data", 0, 1))],
    causes: [...broken, ...late],
  },
  {
    name: "data before any headers",
    acts: [hello, send(frame("data", 0, 1, Buffer.alloc(10)))],
    causes: [...broken, ...late],
  },
  {
    name: "a push nobody wanted",
    acts: [hello, send(frame("push", flag.endHeaders, 1, [0, 0, 0, 2, status200]))],
    causes: [...broken, ...unsaid],
  },
  {
    name: "a frame of 16 MB",
    acts: [hello, send(Buffer.from([0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1])), flood("x")],
    causes: broken,
  },
  {
    name: "GOAWAY in mid-flight",
    acts: [hello, send(frame("goaway", 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]))],
    causes: [...broken, ...late],
  },
  {
    name: "GOAWAY inside the answer",
    acts: [hello, send(head), send(frame("goaway", 0, 0, [0, 0, 0, 1, 0, 0, 0, 11])), fin],
    causes: broken,
  },
  { name: "RST inside the answer", acts: [hello, send(head), rst], causes: broken },
];
