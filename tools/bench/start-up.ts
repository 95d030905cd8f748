import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Row } from "./signing.ts";

const program = fileURLToPath(new URL("../../../../dist/pathproof.mjs", import.meta.url));
const rounds = 15;

const timeMs = (words: readonly string[]): number => {
  const startedAt = performance.now();
  spawnSync(process.execPath, words, { stdio: "ignore" });
  return performance.now() - startedAt;
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Start-up against bare node, in turns, so that a drifting machine disturbs both alike. */
export async function bench(): Promise<readonly Row[]> {
  const bare: number[] = [];
  const help: number[] = [];
  const explain: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(timeMs(["-e", "0"]));
    help.push(timeMs([program, "--help"]));
    explain.push(timeMs([program, "explain", "tcp-timeout"]));
  }
  return [
    { name: "node -e 0", value: median(bare), unit: "ms", note: `median of ${rounds}` },
    { name: "pathproof --help", value: median(help), unit: "ms", note: "" },
    { name: "pathproof explain tcp-timeout", value: median(explain), unit: "ms", note: "" },
    { name: "pathproof --help / bare node", value: median(help) / median(bare), unit: "×", note: "" },
  ];
}
