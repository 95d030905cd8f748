import type { Readable } from "node:stream";

/** More than any kind takes, so that the application refuses first; and no more than a test machine can spare. */
export const bodyBytesMax = 12 * 1024 * 1024;

export type Body =
  | { readonly kind: "whole"; readonly bytes: Buffer }
  | { readonly kind: "too-large" }
  /** The client went away inside it. */
  | { readonly kind: "broken-off" };

/** Reads a request's body to its end; what goes beyond the limit is read and dropped, so that the client gets to hear of it. */
export async function readBody(stream: Readable): Promise<Body> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      length += chunk.length;
      if (length <= bodyBytesMax) chunks.push(chunk);
    }
  } catch {
    return { kind: "broken-off" };
  }
  return length > bodyBytesMax ? { kind: "too-large" } : { kind: "whole", bytes: Buffer.concat(chunks) };
}
