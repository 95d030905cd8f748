import { execFile } from "node:child_process";
import { isIPv6 } from "node:net";
import type { Ends } from "./peer-tcp.ts";

/** Where distributions put iproute2's `ss`; never looked up in PATH, so that nothing else is run in its name. */
const places = ["/usr/bin/ss", "/usr/sbin/ss", "/bin/ss", "/sbin/ss"];
const deadlineMs = 2000;

let underWay: Promise<string> | null = null;

/**
 * Whether parts of an answer have come that the kernel cannot hand over, because earlier ones are missing. Only Linux can be
 * asked, and only where `ss` is installed; anywhere else it says no.
 *
 * @see https://man7.org/linux/man-pages/man8/ss.8.html
 */
export async function hasAnswerGap(ends: Ends): Promise<boolean> {
  if (process.platform !== "linux") return false;
  // Many wait for the same deadline: whoever asks while the kernel is being asked is given the same answer.
  underWay ??= listConnections(places).finally(() => {
    underWay = null;
  });
  return answerGapIn(await underWay, ends);
}

function listConnections([place, ...others]: readonly string[]): Promise<string> {
  if (place === undefined) return Promise.resolve("");
  return new Promise((resolve) => {
    const options = { timeout: deadlineMs, maxBuffer: 64 * 1024 * 1024, env: {} };
    execFile(place, ["-tinmHO"], options, (error, stdout) => {
      const missing = error !== null && "code" in error && error.code === "ENOENT";
      resolve(missing ? listConnections(others) : stdout);
    });
  });
}

/** @param list as `ss -tinmHO` writes it: state, bytes to be read and to be acknowledged, both ends, and what TCP knows */
export function answerGapIn(list: string, { localPort, address, remotePort }: Ends): boolean {
  const peer = `${isIPv6(address) ? `[${address}]` : address}:${remotePort}`;
  return list.split("\n").some((line) => {
    const [, toRead, , local = "", remote] = line.split(/\s+/, 5);
    if (remote !== peer || !local.endsWith(`:${localPort}`)) return false;
    // What it holds and nobody can read waits for what is missing before it.
    const [, held = "0"] = /\bskmem:\(r(\d+),/.exec(line) ?? [];
    return toRead === "0" && Number(held) > 0 && /\brcv_ooopack:\d/.test(line);
  });
}
