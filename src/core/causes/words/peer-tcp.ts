import type { PeerTcp } from "#core/observations/failure.ts";

/** What the kernel knew of the peer when a deadline passed, to go on after a sentence without its full stop. */
export function andItsTcp(peerTcp: PeerTcp | null | undefined): string {
  switch (peerTcp) {
    case "acknowledged":
      return "; its TCP had acknowledged all of it, so that did arrive";
    case "answer-gap":
      return "; the end of its answer came, and full-size packets before it are missing still";
    case "unacknowledged":
      return "; it was sent again and again, and nothing acknowledged it";
    case "taking":
      return "; its TCP was acknowledging one part after another still";
    case "window-closed":
      return "; its TCP acknowledged the beginning and then had no room for more: what listens there reads slowly, or not on";
    default:
      return "";
  }
}
