const newline = 0x0a;
const carriageReturn = 0x0d;

/** Text: a line without its end, as Latin-1. Null: it goes on in the next chunk. */
export type Line = string | null | { readonly problem: string };

/** Puts lines together from the pieces they come in. */
export interface LineReader {
  /** Reads on from `at` in a chunk. */
  read(chunk: Buffer, at: number): Line;
  /** Where the last `read` came to. */
  readonly at: number;
  /** What there is of a line that is not complete. */
  readonly partial: string;
  /** From here on so many bytes are allowed. */
  allow(bytes: number): void;
}

const bare = { problem: "a line ends without a carriage return" };
export const tooLong = { problem: "its head is longer than any front sends" };

export function createLineReader(): LineReader {
  let partial = "";
  let next = 0;
  let left = 0;
  return {
    read(chunk, at) {
      const end = chunk.indexOf(newline, at);
      next = end === -1 ? chunk.length : end + 1;
      left -= next - at;
      if (left < 0) return tooLong;
      if (end === -1) {
        partial += chunk.toString("latin1", at, next);
        return null;
      }
      // A line may be cut between its carriage return and its line feed.
      const hasReturn =
        end > at ? chunk[end - 1] === carriageReturn : partial.charCodeAt(partial.length - 1) === carriageReturn;
      if (!hasReturn) return bare;
      const line = end > at ? partial + chunk.toString("latin1", at, end - 1) : partial.slice(0, -1);
      partial = "";
      return line;
    },
    get at() {
      return next;
    },
    get partial() {
      return partial;
    },
    allow(bytes) {
      left = bytes;
      partial = "";
    },
  };
}
