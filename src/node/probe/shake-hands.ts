import type { SecureContext } from "node:tls";
import type { Target } from "#core/targets/target.ts";
import { handshakeProblem, startHandshake } from "#node/sockets/tls.ts";
import { toFailure } from "#node/sockets/to-failure.ts";
import { failed, type Got, got } from "./got.ts";
import { readTlsFacts } from "./tls-facts.ts";
import type { Wire } from "./wire.ts";
import { type Budget, within } from "./within.ts";

/**
 * Shakes hands on a connected wire. The certificate is verified in full, chain and name: nothing is ever written on a wire
 * whose handshake failed.
 */
export function shakeHands(wire: Wire, target: Target, trust: SecureContext, budget: Budget): Promise<Got<null>> {
  const name = target.serverName ?? target.origin.host;
  return within<null>(
    budget,
    () => "tls",
    target.deadlines.tlsMs,
    (settle) => {
      const socket = startHandshake(wire.socket, { name, protocol: target.protocol, trust });
      wire.secure(socket);
      const onError = (error: Error): void => settle(failed(toFailure(error, "tls")));
      socket.once("error", onError);
      socket.once("secureConnect", () => {
        wire.tls = readTlsFacts(socket);
        const problem = handshakeProblem(socket, target.protocol);
        settle(problem === null ? got(null) : failed(problem));
      });
      return () => socket.off("error", onError);
    },
  );
}
