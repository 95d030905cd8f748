import type { Exchange } from "#core/observations/exchange.ts";
import { ms } from "#core/units.ts";
import { makeConnection, makeExchange } from "./make.ts";

/** How a socket that served one request ended, after so much silence. */
export interface Ended {
  readonly idleMs: number;
  readonly how: "survived" | "fin" | "rst" | "rst-on-next-byte" | "silent";
  readonly address?: string;
  readonly tcpKeepAlive?: boolean;
  /** How long the first request took. */
  readonly serviceMs?: number;
  readonly keepAlive?: string;
}

const outcomes = {
  fin: { kind: "failed", failure: { kind: "closed", phase: "idle" } },
  rst: { kind: "failed", failure: { kind: "reset", phase: "idle" } },
  "rst-on-next-byte": { kind: "failed", failure: { kind: "reset", phase: "wait" } },
  silent: { kind: "failed", failure: { kind: "timeout", phase: "wait", afterMs: ms(1000) } },
} as const;

let sockets = 0;

/** The two exchanges of such a socket, as the ladder makes them. */
export function kept(ended: Ended): readonly [Exchange, Exchange] {
  const id = ++sockets;
  const { idleMs, how, address = "10.0.1.10", tcpKeepAlive = false, serviceMs = 1, keepAlive } = ended;
  const check = "idle-connections-live-as-expected";
  const answered = makeExchange();
  const first = makeExchange({
    check,
    address,
    connection: makeConnection({ id }),
    sent: { ...answered.sent, keptAfterMs: null, ...(tcpKeepAlive ? { tcpKeepAliveMs: ms(1000) } : {}) },
    phases: { ...answered.phases, serviceMs: ms(serviceMs) },
    outcome:
      answered.outcome.kind === "answered" && keepAlive !== undefined
        ? { ...answered.outcome, headers: [["keep-alive", keepAlive]] }
        : answered.outcome,
  });
  const again = makeExchange({
    check,
    step: "again",
    address,
    connection: makeConnection({
      id,
      reusedSocket: true,
      requestsBefore: 1,
      idleMs: ms(idleMs),
      ageMs: ms(idleMs + serviceMs),
    }),
    sent: { ...answered.sent, keptAfterMs: ms(idleMs) },
    ...(how === "survived" ? {} : { outcome: outcomes[how] }),
  });
  return [first, again];
}
