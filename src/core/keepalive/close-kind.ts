import type { Exchange } from "#core/observations/exchange.ts";

/** How a peer ends a connection, as its client sees it; `none`: it did not. */
export type CloseKind = "fin" | "rst" | "rst-on-next-byte" | "silent" | "none";

/** How the socket of an exchange ended in it; null where that cannot be told. */
export function closeKindOf({ outcome }: Exchange): CloseKind | null {
  if (outcome.kind === "answered") return "none";
  if (outcome.kind !== "failed") return null;
  const { failure } = outcome;
  switch (failure.kind) {
    case "closed":
      return failure.phase === "idle" ? "fin" : asRequested(failure.phase);
    case "reset":
      return failure.phase === "idle" ? "rst" : asRequested(failure.phase);
    case "timeout":
      // In silence: by the kernel, whose TCP keep-alive probes nobody answered.
      return failure.phase === "idle" || failure.phase === "wait" || failure.phase === "send" ? "silent" : null;
    default:
      return null;
  }
}

/** Nothing was wrong until a byte was sent. Some say FIN then rather than RST: to a client it is the same. */
const asRequested = (phase: string): CloseKind | null =>
  phase === "send" || phase === "wait" ? "rst-on-next-byte" : null;

/** Whether the peer was seen to end it in silence, so that the moment is known. */
export const wasSeen = (kind: CloseKind): boolean => kind === "fin" || kind === "rst";

export const closeWords = {
  fin: "closed (FIN)",
  rst: "reset (RST)",
  "rst-on-next-byte": "reset when it was used again",
  silent: "forgotten without a word",
  none: "kept",
} as const satisfies Record<CloseKind, string>;
