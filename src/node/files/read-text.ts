import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { type Bytes, type Ms, mib, seconds, showBytes, showMs } from "#core/units.ts";

export interface TextLimits {
  /** What is larger is something else than what was asked for. */
  readonly bytesMax: Bytes;
  /** For a pipe whose writer takes its time. */
  readonly withinMs?: Ms;
}

/** Configs, policies: written by people. */
export const handwritten: TextLimits = { bytesMax: mib(1) };
/** The issuers of a whole organisation. */
export const certificates: TextLimits = { bytesMax: mib(16) };
/** Saved runs, at their largest: a text that Node can hold. */
export const records: TextLimits = { bytesMax: mib(500) };

/** A pipe is asked again after that long whether something was written. */
const againMs = 20;

/**
 * Reads a whole file as text in UTF-8, whatever stands under its name: of a device without an end no more than `bytesMax`, and of a
 * pipe that nobody writes to nothing. (Opened as usual, such a pipe holds the process for ever, even beyond its end.)
 *
 * @throws the file system's own error, or one that says in words what is wrong with the content
 */
export async function readText(file: string, { bytesMax, withinMs = seconds(10) }: TextLimits): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return decode(await readUpTo(handle, bytesMax, withinMs));
  } finally {
    await handle.close();
  }
}

async function readUpTo(handle: FileHandle, bytesMax: Bytes, withinMs: Ms): Promise<Buffer> {
  const endsAt = performance.now() + withinMs;
  const parts: Buffer[] = [];
  // One byte more than allowed tells without reading on; a pipe has no size to ask for.
  for (let left = bytesMax + 1; left > 0; ) {
    const part = await readSome(handle, Math.min(left, 1_048_576));
    if (part === "later") {
      if (performance.now() > endsAt) throw new Error(`nothing more was written to it within ${showMs(withinMs)}`);
      await new Promise((resolve) => setTimeout(resolve, againMs));
      continue;
    }
    if (part.length === 0) return Buffer.concat(parts);
    parts.push(part);
    left -= part.length;
  }
  throw new Error(`it is larger than ${showBytes(bytesMax)}`);
}

async function readSome(handle: FileHandle, size: number): Promise<Buffer | "later"> {
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(size), 0, size, null);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EAGAIN") return "later";
    throw error;
  }
}

function decode(buffer: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(buffer);
  } catch {
    throw new Error("it is not text in UTF-8");
  }
}
