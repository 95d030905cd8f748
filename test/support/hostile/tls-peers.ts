import type { HostilePeer } from "./http1-peers.ts";
import { drip, fin, flood, rst, send } from "./play.ts";

/** A TLS record: type, version 1.2, length, content. */
const record = (type: number, content: Buffer, length = content.length): Buffer =>
  Buffer.concat([Buffer.from([type, 3, 3, length >> 8, length & 255]), content]);

const alert = (level: number, code: number): Buffer => record(21, Buffer.from([level, code]));
/** A handshake message: type and a length of three bytes. */
const handshake = (type: number, length: number, content: Buffer): Buffer =>
  record(22, Buffer.concat([Buffer.from([type, length >> 16, (length >> 8) & 255, length & 255]), content]));

/** A ServerHello of TLS 1.2 with ECDHE-RSA-AES128-GCM-SHA256 and nothing else. */
const serverHello = handshake(
  2,
  38,
  Buffer.concat([Buffer.from([3, 3]), Buffer.alloc(32, 7), Buffer.from([0, 0xc0, 0x2f, 0])]),
);

const broken = ["tls-not-spoken", "tls-handshake-reset", "tls-version-refused"];
const late = ["tls-handshake-timeout", "tls-handshake-reset"];

/** What comes instead of a handshake, on a port where TLS is meant to be spoken. */
export const tlsPeers: readonly HostilePeer[] = [
  { name: "records of no known type", acts: [send(record(99, Buffer.alloc(32)))], causes: broken },
  { name: "a record longer than any", acts: [send(record(22, Buffer.alloc(16), 0xffff)), flood("x")], causes: broken },
  { name: "empty records without end", acts: [flood(record(22, Buffer.alloc(0)))], causes: [...broken, ...late] },
  { name: "changes of cipher without end", acts: [flood(record(20, Buffer.from([1])))], causes: [...broken, ...late] },
  { name: "warnings without end", acts: [flood(alert(1, 90))], causes: [...broken, ...late] },
  { name: "a fatal alert", acts: [send(alert(2, 40)), fin], causes: broken },
  { name: "an alert nobody knows", acts: [send(alert(2, 199)), fin], causes: broken },
  { name: "a ServerHello, then silence", acts: [send(serverHello)], causes: late },
  { name: "a ServerHello, then RST", acts: [send(serverHello), rst], causes: broken },
  {
    name: "a certificate of 16 MB",
    acts: [
      send(serverHello),
      send(handshake(11, 0xffffff, Buffer.alloc(1000))),
      flood(record(22, Buffer.alloc(16_000))),
    ],
    causes: [...broken, ...late],
  },
  { name: "a ServerHello that drips", acts: [drip("\u0016", 100)], causes: [...broken, ...late] },
  { name: "SSL 2", acts: [send(Buffer.from([0x80, 0x2e, 4, 0, 1, 0, 2]))], causes: broken },
  {
    name: "bytes of chance",
    acts: [send(Buffer.from("9f3c01aa55d27e88b1c4ffee00de17", "hex")), flood("\u00ff")],
    causes: broken,
  },
];
