import { execFile } from "node:child_process";

export interface ClockReading {
  readonly atMs: number;
  /** What the kernel says of itself by way of `timedatectl`; null where that cannot be asked, as in most containers. */
  readonly synchronised: boolean | null;
}

const askedMs = 2000;

/** @see https://www.freedesktop.org/software/systemd/man/latest/timedatectl.html */
export async function readClock(env: Readonly<Record<string, string | undefined>>): Promise<ClockReading> {
  const says = await new Promise<string>((told) => {
    const words = ["show", "--property=NTPSynchronized", "--value"];
    execFile("timedatectl", words, { env, timeout: askedMs }, (error, stdout) => told(error === null ? stdout : ""));
  });
  const synchronised = /^(?:yes|no)$/.exec(says.trim())?.[0] ?? null;
  return { atMs: Date.now(), synchronised: synchronised === null ? null : synchronised === "yes" };
}
