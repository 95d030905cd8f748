import type { Socket } from "node:net";

/** What a peer does on a connection, one act after the other, whatever is asked of it; then it keeps silent. */
export type Act =
  | { readonly kind: "send"; readonly bytes: Buffer }
  /** The same bytes without end, as fast as they are taken; or with pauses. */
  | { readonly kind: "for-ever"; readonly bytes: Buffer; readonly everyMs: number | null }
  | { readonly kind: "end"; readonly how: "fin" | "rst" };

const bytesOf = (content: string | Buffer): Buffer =>
  typeof content === "string" ? Buffer.from(content, "latin1") : content;

export const send = (content: string | Buffer): Act => ({ kind: "send", bytes: bytesOf(content) });
export const flood = (content: string | Buffer): Act => ({ kind: "for-ever", bytes: bytesOf(content), everyMs: null });
export const drip = (content: string | Buffer, everyMs: number): Act => ({
  kind: "for-ever",
  bytes: bytesOf(content),
  everyMs,
});
export const fin: Act = { kind: "end", how: "fin" };
export const rst: Act = { kind: "end", how: "rst" };

/** Plays the acts on a socket until it is gone. Whoever floods waits for the other side to take it: memory stays bounded. */
export async function play(socket: Socket, acts: readonly Act[]): Promise<void> {
  for (const act of acts) {
    if (socket.destroyed) return;
    if (act.kind === "send") await taken(socket, act.bytes);
    else if (act.kind === "for-ever") await forEver(socket, act.bytes, act.everyMs);
    else if (act.how === "rst") reset(socket);
    else socket.end();
  }
}

async function forEver(socket: Socket, bytes: Buffer, everyMs: number | null): Promise<void> {
  // Small pieces by the thousand cost the test more than what it tests.
  const piece =
    everyMs === null ? Buffer.concat(Array(Math.max(1, Math.floor(16_384 / bytes.length))).fill(bytes)) : bytes;
  while (!socket.destroyed) {
    await taken(socket, piece);
    // A write that the kernel takes at once is told before the loop turns: nothing else would ever be heard.
    await new Promise((resolve) => (everyMs === null ? setImmediate(resolve) : setTimeout(resolve, everyMs)));
  }
}

function taken(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      socket.off("close", settle);
      resolve();
    };
    socket.once("close", settle);
    socket.write(bytes, settle);
  });
}

/** Over TLS there is no RST to be sent from here: cut off without a word is the nearest. */
function reset(socket: Socket): void {
  if ("encrypted" in socket) socket.destroy();
  else socket.resetAndDestroy();
}
