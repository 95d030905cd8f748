import { stringSchema } from "./scalar.ts";
import { ok, refuse, type Shape } from "./shape.ts";

/** A path as written; `resolvePath` makes it absolute. */
export const filePath = (example: string): Shape<string> => ({
  schema: stringSchema("^[^~]", example),
  read(input, path) {
    if (typeof input !== "string" || !/^[^\u0000-\u001f\u007f]+$/.test(input))
      return refuse(path, `a file's path such as "${example}"`);
    if (input.startsWith("~")) return refuse(path, `a path without "~": write \${HOME}${input.slice(1, 2)}…`);
    return ok(input);
  },
});

/** An absolute path; `directory` is the config's own and absolute. */
export function resolvePath(directory: string, written: string): string {
  if (/^(?:[/\\]|[A-Za-z]:[/\\])/.test(written)) return written;
  return `${directory.replace(/[/\\]+$/, "")}/${written.replace(/^(?:\.\/+)+/, "")}`;
}
