import { readFile } from "node:fs/promises";

/** How many files, sockets among them, this process may hold open; null where the system does not tell. Node takes all it may. */
export async function openFilesMax(): Promise<number | null> {
  const text = await readFile("/proc/self/limits", "utf8").catch(() => "");
  const soft = Number(/Max open files\s+(\d+)/.exec(text)?.[1] ?? Number.NaN);
  return Number.isNaN(soft) ? null : soft;
}
