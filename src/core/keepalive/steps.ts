import { askFor, toSend, usualSigning } from "#core/checks/ask/step.ts";
import type { Step } from "#core/observations/step.ts";
import type { Target, TargetRequest } from "#core/targets/target.ts";
import { type Ms, ms, showMs } from "#core/units.ts";

/** A connection to every address, asked once, and then again after each of these silences for as long as it is there. */
export function thread(
  target: Target,
  name: string,
  silences: readonly Ms[],
  { tcpKeepAliveMs = null }: { readonly tcpKeepAliveMs?: Ms | null } = {},
): readonly Step[] {
  const usual = {
    thread: name,
    address: "each",
    signing: usualSigning(target),
    request: toSend(lightRequest(target)),
  } as const;
  const fresh = { kind: "fresh", ...(tcpKeepAliveMs === null ? {} : { tcpKeepAliveMs }) } as const;
  return [
    askFor(`${name}, first`, { ...usual, socket: fresh }),
    ...silences.map((idleBeforeMs, index) =>
      askFor(`${name}, again ${index + 1}`, { ...usual, socket: { kind: "kept", idleBeforeMs, ifGone: "end" } }),
    ),
  ];
}

const safe: readonly string[] = ["GET", "HEAD", "OPTIONS"];

/** It is sent some hundred times, so that it had better do nothing: any answer shows that a connection lives. */
function lightRequest({ kind, requests }: Target): TargetRequest {
  const [main] = requests;
  return kind.withoutEffect?.(main) ?? requests.find(({ method }) => safe.includes(method)) ?? main;
}

/** Silences that add up to an age. */
export const paced = (ageMs: Ms, paceMs: number): readonly Ms[] =>
  Array.from({ length: Math.ceil(ageMs / paceMs) }, () => ms(paceMs));

export const silent = (silenceMs: Ms): string => `silent for ${showMs(silenceMs)}`;
