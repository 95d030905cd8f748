import { readFile } from "node:fs/promises";

declare const __PATHPROOF_K6_GO_MOD__: string;
declare const __PATHPROOF_K6_GO_SUM__: string;

/** What pins the k6 that is built: the texts of tools/k6, put in by the build; read from there when run from source. */
export async function goModule(): Promise<{ readonly mod: string; readonly sum: string }> {
  if (typeof __PATHPROOF_K6_GO_MOD__ === "string")
    return { mod: __PATHPROOF_K6_GO_MOD__, sum: __PATHPROOF_K6_GO_SUM__ };
  const read = (name: string) => readFile(new URL(`../../../../tools/k6/${name}`, import.meta.url), "utf8");
  return { mod: await read("go.mod"), sum: await read("go.sum") };
}
