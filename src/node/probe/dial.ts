import { connect } from "node:net";
import type { Target } from "#core/targets/target.ts";
import { type Ms, ms } from "#core/units.ts";
import { toFailure } from "#node/sockets/to-failure.ts";
import { failed, type Got, got } from "./got.ts";
import { holdMs } from "./limits.ts";
import { Wire } from "./wire.ts";
import { type Budget, within } from "./within.ts";

export interface Dialling {
  readonly id: number;
  readonly address: string;
  readonly addresses: readonly string[];
  /** See `FreshSocket.tcpKeepAliveMs`; null: no probes. */
  readonly tcpKeepAliveMs: Ms | null;
}

/** Opens one TCP connection to one address: no second address, no second try. */
export function dial(
  target: Target,
  { id, address, addresses, tcpKeepAliveMs }: Dialling,
  budget: Budget,
): Promise<Got<Wire>> {
  const startedAt = performance.now();
  return within<Wire>(
    budget,
    () => "connect",
    target.deadlines.connectMs,
    (settle) => {
      const socket = connect({
        host: address,
        port: target.origin.port,
        autoSelectFamily: false,
        noDelay: true,
        // TCP keep-alive would keep awake what `keepalive` wants to see fall asleep: off unless a step asks for it.
        keepAlive: tcpKeepAliveMs !== null,
        keepAliveInitialDelay: tcpKeepAliveMs ?? 0,
      });
      let wire: Wire | null = null;
      const onError = (error: Error): void =>
        settle(failed(toFailure(error, "connect", ms(performance.now() - startedAt))));
      socket.once("error", onError);
      socket.once("connect", () => {
        wire = new Wire(id, socket, address, addresses);
        settle(got(wire));
      });
      return () => {
        if (wire !== null) socket.off("error", onError);
        else {
          // An error may still be on its way, and nobody is left to hear it.
          socket.on("error", () => {});
          socket.destroy();
        }
      };
    },
  );
}

/** Holds a connected socket in silence for `holdMs`, to see whether it is let live. */
export function hold(wire: Wire, budget: Budget): Promise<Got<null>> {
  const quietMs = Math.min(holdMs, Math.max(0, budget.endsAt - performance.now() - 1));
  return within<null>(
    budget,
    () => "connect",
    null,
    (settle) => {
      const { socket } = wire;
      const onError = (error: Error): void => settle(failed(toFailure(error, "connect")));
      const onEnd = (): void => settle(failed({ kind: "closed", phase: "connect" }));
      const timer = setTimeout(() => settle(got(null)), quietMs);
      socket.once("error", onError);
      socket.once("end", onEnd);
      if (wire.gone) onEnd();
      return () => {
        clearTimeout(timer);
        socket.off("error", onError);
        socket.off("end", onEnd);
      };
    },
  );
}
