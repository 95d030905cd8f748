import { showMs } from "#core/units.ts";
import type { ClientSettings } from "./settings.ts";

/** The settings in one sentence. */
export function inShort({ idleDropMs, tcpKeepAliveMs, ageMaxMs }: ClientSettings): string {
  const age = ageMaxMs === null ? "" : `, replace them at ${showMs(ageMaxMs)}`;
  return `Clients should drop idle connections after ${showMs(idleDropMs)}${age}, send TCP keep-alive every ${showMs(tcpKeepAliveMs)}, and try a safe request again once where a reused connection ended before any answer.`;
}
