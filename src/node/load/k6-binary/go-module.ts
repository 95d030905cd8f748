import { readFile } from "node:fs/promises";

declare const __PATHPROOF_K6_GO_MOD__: string;
declare const __PATHPROOF_K6_GO_SUM__: string;

/** What `go build` needs to make one program and no other. */
export interface GoModule {
  readonly mod: string;
  readonly sum: string;
  /** Its import path. */
  readonly program: string;
}

const program = "go.k6.io/k6/v2";

/** What pins the k6 that is built: the texts of tools/k6, put in by the build; read from there when run from source. */
export async function goModule(): Promise<GoModule> {
  if (typeof __PATHPROOF_K6_GO_MOD__ === "string")
    return { mod: __PATHPROOF_K6_GO_MOD__, sum: __PATHPROOF_K6_GO_SUM__, program };
  const read = (name: string) => readFile(new URL(`../../../../tools/k6/${name}`, import.meta.url), "utf8");
  return { mod: await read("go.mod"), sum: await read("go.sum"), program };
}
