import { redactCut } from "#core/observations/redact.ts";

/** The first bytes of an answer, to be shown when they are not HTTP. */
export interface Opening {
  take(chunk: Buffer): void;
  describe(): string;
}

export function createOpening(secrets: readonly string[]): Opening {
  const shownMax = 40;
  let start = Buffer.alloc(0);
  return {
    take(chunk) {
      if (start.length < shownMax) start = Buffer.concat([start, chunk.subarray(0, shownMax - start.length)]);
    },
    describe() {
      // Content type 21 (alert) or 22 (handshake), then the record's major version: RFC 8446 §5.1.
      if ((start[0] === 21 || start[0] === 22) && start[1] === 3) return "it began with a TLS record";
      return `it began with ${JSON.stringify(redactCut(secrets, start.toString("latin1")))}`;
    },
  };
}
