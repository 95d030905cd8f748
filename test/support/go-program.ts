import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { buildK6 as buildPinned } from "#node/load/k6-binary/build-k6.ts";
import { type Provided, provided } from "./provided.ts";

/** A program that is built by the Go on PATH. */
export interface PinnedProgram extends Pick<Provided, "name" | "path"> {
  /** The folder of its go.mod and go.sum, in the repository. */
  readonly pins: string;
  /** Its import path. */
  readonly program: string;
}

/** Its path, or null, as `provided` says. */
export const goProgram = ({ name, path, pins, program }: PinnedProgram): Promise<string | null> =>
  provided({
    name,
    path,
    async make(at) {
      const read = (file: string): Promise<string> => readFile(resolve(pins, file), "utf8");
      const pinned = async () => ({ mod: await read("go.mod"), sum: await read("go.sum"), program });
      const made = await buildPinned(at, { env: process.env }, pinned);
      return made.kind === "made" ? null : made.why;
    },
  });
