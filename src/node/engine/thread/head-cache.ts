import type { ResponseHead } from "./response-head.ts";

/**
 * The head read last on any connection to a target. A server sends the same one again and again, but for its date, and to
 * compare bytes is far cheaper than to read them.
 */
export interface HeadCache {
  /** The head that these bytes begin with, if it is the one; `bytes`: its length. */
  recall(chunk: Buffer, at: number): { readonly head: ResponseHead; readonly bytes: number } | null;
  /** Bytes from the status line to the empty line, both included. */
  remember(chunk: Buffer, from: number, to: number, head: ResponseHead): void;
}

const bytesMax = 4096;

export function createHeadCache(): HeadCache {
  let known: { readonly head: ResponseHead; readonly bytes: number } | null = null;
  let text = Buffer.alloc(0);
  return {
    recall(chunk, at) {
      if (known === null || chunk.length - at < known.bytes) return null;
      return chunk.compare(text, 0, known.bytes, at, at + known.bytes) === 0 ? known : null;
    },
    remember(chunk, from, to, head) {
      if (to - from > bytesMax) return;
      text = Buffer.from(chunk.subarray(from, to));
      known = { head, bytes: to - from };
    },
  };
}
