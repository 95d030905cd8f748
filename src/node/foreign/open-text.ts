import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** A file's text, piece by piece; gunzipped where it is gzip's. */
export interface TextSource {
  /** The next piece; null at the end, or where nothing more can be read. */
  next(): Promise<string | null>;
  /** After the last piece. */
  end(): Promise<TextEnd>;
  close(): void;
}

export interface TextEnd {
  /** Why it could not be read to its end, in a clause; null when it was. */
  readonly problem: string | null;
}

/** @throws the file system's own error, from the first `next` */
export function openText(path: string): TextSource {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  let problem: string | null = null;
  let pieces: AsyncIterator<string> | null = null;

  return {
    async next() {
      pieces ??= decoded(file)[Symbol.asyncIterator]();
      try {
        const { done, value } = await pieces.next();
        return done === true ? null : value;
      } catch (error) {
        const known = gzipProblem(error);
        if (known === null) throw error;
        problem = known;
        return null;
      }
    },
    end: async () => ({ problem }),
    close: () => file.destroy(),
  };
}

async function* decoded(file: Readable): AsyncIterable<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  for await (const chunk of await unzipped(file)) yield decoder.decode(bytesOf(chunk), { stream: true });
  yield decoder.decode();
}

const bytesOf = (chunk: unknown): Uint8Array => (chunk instanceof Uint8Array ? chunk : new Uint8Array());

/** Told by its first two bytes: files are renamed, and `.gz` is sometimes a lie. */
async function unzipped(file: Readable): Promise<Readable> {
  const first = await new Promise<unknown>((resolve, reject) => {
    file.once("error", reject);
    file.once("end", () => resolve(null));
    file.once("readable", () => resolve(file.read()));
  });
  if (first === null) return file;
  file.unshift(first);
  const bytes = bytesOf(first);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return file;
  const gunzip = createGunzip();
  file.on("error", (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

function gzipProblem(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "Z_BUF_ERROR") return "its gzip stream is cut off";
  return typeof code === "string" && code.startsWith("Z_") ? "its gzip stream is damaged" : null;
}
