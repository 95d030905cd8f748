import { open } from "node:fs/promises";
import { devNull } from "node:os";

/**
 * Whether this process may open no more files just now; what it then may not open either often says otherwise: a resolver that its
 * name is not known, an SDK that a file is not there.
 *
 * @returns the system's code, or null
 */
export async function fileLimitNow(): Promise<"EMFILE" | "ENFILE" | null> {
  try {
    await (await open(devNull)).close();
    return null;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    return code === "EMFILE" || code === "ENFILE" ? code : null;
  }
}
