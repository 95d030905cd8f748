import { execFile } from "node:child_process";

export type Command = readonly [program: string, ...words: string[]];

export interface ToolOptions {
  readonly cwd: string;
  /** This process's own unless said. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly withinMs: number;
}

/** Runs a program to its end and hands back what it printed. @throws Error with what it complained of, where it failed */
export function runTool(
  [program, ...words]: Command,
  { cwd, env = process.env, withinMs }: ToolOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...env }, timeout: withinMs, killSignal: "SIGKILL" as const };
    execFile(program, words, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const said = `${stdout}${stderr}`.trim().slice(-1000);
      reject(new Error(`${program} ${words.join(" ")}: ${said || error.message}`));
    });
  });
}
