import { createHash } from "node:crypto";
import { bodyKeptMax } from "#core/observations/exchange.ts";
import { redact, redactCut } from "#core/observations/redact.ts";
import { type Bytes, bytes } from "#core/units.ts";
import { bodyBytesMax } from "#node/sockets/answer-limits.ts";
import { createByteCollector } from "#node/sockets/byte-collector.ts";

export interface BodyFacts {
  readonly body: string;
  readonly bodyBytes: Bytes;
  readonly bodySha256: string;
}

/** Takes a body in as it comes: all of it is hashed and counted, its beginning kept. */
export interface BodyIntake {
  readonly bytes: Bytes;
  /** False when it has grown beyond `bodyBytesMax`. */
  take(chunk: Buffer): boolean;
  finish(secrets: readonly string[]): BodyFacts;
}

export function createBodyIntake(): BodyIntake {
  const hash = createHash("sha256");
  const kept = createByteCollector();
  let count = 0;
  return {
    get bytes() {
      return bytes(count);
    },
    take(chunk) {
      const room = bodyKeptMax - count;
      if (room > 0) kept.add(chunk.subarray(0, room));
      count += chunk.length;
      hash.update(chunk);
      return count <= bodyBytesMax;
    },
    finish(secrets) {
      const cut = count > bodyKeptMax;
      // `stream` leaves out a character that the cut went through; anything else that is not UTF-8 shows as U+FFFD.
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(kept.bytes, { stream: cut });
      return {
        body: cut ? redactCut(secrets, text) : redact(secrets, text),
        bodyBytes: bytes(count),
        bodySha256: hash.digest("hex"),
      };
    },
  };
}
