import { gzipSync } from "node:zlib";
import { type Act, drip, fin, flood, rst, send } from "./play.ts";

/** A peer that does not mean well, and the causes that may be named for it. */
export interface HostilePeer {
  readonly name: string;
  readonly acts: readonly Act[];
  readonly causes: readonly string[];
}

const ok = "HTTP/1.1 200 OK\r\n";
/** Broken, or more than anybody would hold. */
const malformed = ["protocol-error", "headers-too-large", "payload-too-large"];
const late = ["response-timeout"];
/** It answers once, and nothing that is asked on the same connection afterwards. */
const once = "stale-reuse-silent";
const cut = ["response-truncated", "tcp-reset", "protocol-error"];
/** Whatever a text could do where it is shown: to a terminal, a page, XML, a table. */
export const nastyText =
  "\u0000\u001b[2J\u001b]0;owned\u0007\u009b31m<script>alert(1)</script><img src=x onerror=alert(1)>]]>&lt;|`${x}`\u202e\uffff\r\n::error::x";
const nasty = Buffer.from(nastyText, "utf8");

const answer = (head: string, body: string | Buffer = ""): Buffer =>
  Buffer.concat([
    Buffer.from(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n`, "latin1"),
    Buffer.from(body),
  ]);

export const http1Peers: readonly HostilePeer[] = [
  // Status lines.
  {
    name: "an endless status line",
    acts: [send("HTTP/1.1 200 "), flood("A")],
    causes: malformed,
  },
  { name: "a status of seven digits", acts: [send("HTTP/1.1 2000000 OK\r\n\r\n")], causes: malformed },
  { name: "a negative status", acts: [send("HTTP/1.1 -200 OK\r\n\r\n")], causes: malformed },
  { name: "HTTP/0.9", acts: [send("<html>hello</html>"), fin], causes: malformed },
  { name: "another protocol's status line", acts: [send("ICY 200 OK\r\n\r\n"), fin], causes: malformed },
  { name: "NUL for a status line", acts: [send(Buffer.alloc(64))], causes: malformed },
  {
    name: "a switch of protocols",
    acts: [send("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n")],
    causes: malformed,
  },
  {
    name: "interim answers without end",
    acts: [flood("HTTP/1.1 100 Continue\r\n\r\n")],
    causes: [...late, ...malformed],
  },
  {
    name: "interim answers that drip",
    acts: [drip("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n", 100)],
    causes: late,
  },
  // Headers.
  { name: "headers without end", acts: [send(ok), flood("x-a: b\r\n")], causes: malformed },
  {
    name: "one header without end",
    acts: [send(`${ok}x-a: `), flood("b")],
    causes: malformed,
  },
  { name: "headers that drip", acts: [send(ok), drip("x-a: b\r\n", 50)], causes: late },
  { name: "NUL in a header", acts: [send(`${ok}x-a: b\u0000c\r\ncontent-length: 0\r\n\r\n`)], causes: malformed },
  {
    name: "an escape in a header",
    acts: [send(`${ok}x-a: b\u001b[2J\r\ncontent-length: 0\r\n\r\n`)],
    causes: malformed,
  },
  {
    name: "bare line ends",
    acts: [send("HTTP/1.1 200 OK\ncontent-length: 0\n\n")],
    causes: [...malformed, "unexpected-body"],
  },
  {
    name: "folded headers",
    acts: [send(`${ok}x-a: b\r\n  c\r\ncontent-length: 0\r\n\r\n`)],
    causes: [...malformed, "unexpected-body"],
  },
  { name: "a header without a name", acts: [send(`${ok}: b\r\ncontent-length: 0\r\n\r\n`)], causes: malformed },
  // Lengths and chunks.
  { name: "a negative length", acts: [send(`${ok}content-length: -1\r\n\r\n`)], causes: malformed },
  {
    name: "a length beyond 64 bits",
    acts: [send(`${ok}content-length: 99999999999999999999999\r\n\r\n`)],
    causes: malformed,
  },
  {
    name: "a length of a petabyte",
    acts: [send(`${ok}content-length: 1125899906842624\r\n\r\n`), flood("x")],
    causes: [...malformed, ...late],
  },
  { name: "two lengths", acts: [send(`${ok}content-length: 1\r\ncontent-length: 2\r\n\r\nab`)], causes: malformed },
  {
    name: "a length and chunks",
    acts: [send(`${ok}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`)],
    causes: malformed,
  },
  { name: "a chunk of minus one", acts: [send(`${ok}transfer-encoding: chunked\r\n\r\n-1\r\n`)], causes: malformed },
  {
    name: "a chunk beyond 64 bits",
    acts: [send(`${ok}transfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n`)],
    causes: malformed,
  },
  {
    name: "a chunk of nearly 64 bits",
    acts: [send(`${ok}transfer-encoding: chunked\r\n\r\nfffffffffffffff\r\n`), flood("x")],
    causes: [...malformed, ...late],
  },
  {
    name: "a chunk's extension without end",
    acts: [send(`${ok}transfer-encoding: chunked\r\n\r\n1;`), flood("x")],
    causes: [...malformed, ...late],
  },
  {
    name: "empty chunks that never end",
    acts: [send(`${ok}transfer-encoding: chunked\r\n\r\n`), flood("1\r\nx\r\n")],
    causes: [...malformed, ...late],
  },
  {
    name: "trailers without end",
    acts: [send(`${ok}transfer-encoding: chunked\r\n\r\n0\r\n`), flood("x-a: b\r\n")],
    causes: [...malformed, ...late, "headers-too-large"],
  },
  // Bodies.
  { name: "a body without end", acts: [send(`${ok}\r\n`), flood("x")], causes: [...malformed, ...late] },
  { name: "a body that drips", acts: [send(`${ok}content-length: 100000\r\n\r\n`), drip("x", 50)], causes: late },
  { name: "a body cut short", acts: [send(`${ok}content-length: 100\r\n\r\nx`), fin], causes: cut },
  { name: "a body reset", acts: [send(`${ok}content-length: 100\r\n\r\nx`), rst], causes: cut },
  {
    name: "more than was announced",
    acts: [send(`${ok}content-length: 1\r\n\r\n`), flood("x")],
    causes: [...malformed, "unexpected-body", "reuse-refused"],
  },
  {
    name: "a bomb of gzip",
    acts: [send(answer(`${ok}content-encoding: gzip\r\n`, gzipSync(Buffer.alloc(64 * 1024 * 1024))))],
    causes: ["unexpected-body", once],
  },
  {
    name: "a text that is not what its encoding says",
    acts: [send(answer(`${ok}content-encoding: gzip\r\n`, "hello"))],
    causes: ["unexpected-body", once, ...malformed],
  },
  {
    name: "a body of escapes and markup",
    acts: [send(answer("HTTP/1.1 500 Oh\r\n", nasty))],
    causes: ["unexpected-status", "target-unreachable"],
  },
  {
    name: "a reason of markup",
    acts: [send(answer("HTTP/1.1 500 <script>alert(1)</script>]]>\u009b\r\n", ""))],
    causes: ["unexpected-status", "target-unreachable"],
  },
  {
    name: "an AWS error of markup",
    acts: [
      send(
        answer(
          "HTTP/1.1 403 Forbidden\r\nx-amzn-errortype: <script>\r\n",
          JSON.stringify({ message: nastyText, Message: nastyText }),
        ),
      ),
    ],
    causes: ["unexpected-status", "denied-identity-policy", "apigw-forbidden"],
  },
  {
    name: "JSON 100,000 deep",
    acts: [send(answer("HTTP/1.1 500 Oh\r\ncontent-type: application/json\r\n", "[".repeat(100_000)))],
    causes: ["unexpected-status", "target-unreachable"],
  },
  {
    name: "a redirect to itself",
    acts: [send(answer("HTTP/1.1 302 Found\r\nlocation: /\r\n"))],
    causes: ["unexpected-status"],
  },
  {
    name: "a redirect to a file",
    acts: [send(answer("HTTP/1.1 301 Moved\r\nlocation: file:///etc/passwd\r\n"))],
    causes: ["unexpected-status"],
  },
  // Endings.
  { name: "nothing, then FIN", acts: [fin], causes: [...cut, "plain-http-to-tls-port"] },
  { name: "nothing, then RST", acts: [rst], causes: [...cut, "plain-http-to-tls-port"] },
  { name: "silence", acts: [], causes: late },
];
