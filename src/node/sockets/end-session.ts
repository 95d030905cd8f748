import type { ClientHttp2Session } from "node:http2";
import type { Socket } from "node:net";

/**
 * Ends a session of HTTP/2 and what is under it, one turn of the loop later. In the turn in which a stream of it has ended with
 * headers that nobody was given, Node would free the session before them, and abort the whole process.
 *
 * @see https://github.com/nodejs/node/issues/35233
 */
export function endSession(session: ClientHttp2Session, ...sockets: readonly Socket[]): void {
  setImmediate(() => {
    session.destroy();
    for (const socket of sockets) socket.destroy();
  });
}
