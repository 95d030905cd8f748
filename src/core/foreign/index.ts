import type { ForeignFormat } from "./foreign-run.ts";
import * as registry from "./registry.ts";

/** In the order in which they are asked: what wrk2 prints holds a percentile distribution. */
const formats: readonly ForeignFormat[] = [
  registry.wrk,
  ...Object.values(registry).filter((one) => one !== registry.wrk),
];

export const foreignNames: readonly string[] = formats.map(({ name }) => name);

/** By what is in it, never by its name. @param head the file's first characters, a whole line at least. Null when none knows it */
export const recogniseForeign = (head: string): ForeignFormat | null =>
  formats.find((format) => format.recognises(head)) ?? null;
