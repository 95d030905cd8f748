import { connect, type Socket } from "node:net";
import type { SecureContext } from "node:tls";
import type { Failure, Phase } from "#core/observations/failure.ts";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import { type Ms, ms } from "#core/units.ts";
import { handshakeProblem, startHandshake } from "#node/sockets/tls.ts";
import { toFailure } from "#node/sockets/to-failure.ts";
import { type Http1Talk, talkHttp1 } from "./http1-talk.ts";
import { talkHttp2 } from "./http2-talk.ts";
import type { PreparedRequest } from "./prepare.ts";
import type { Talk, TalkEvents, TalkMeans } from "./talk.ts";

/** Where a connection goes, and what all connections there share. */
export interface Place extends TalkMeans {
  readonly address: string;
  readonly port: number;
  /** Null on plain HTTP. */
  readonly tls: { readonly name: string; readonly trust: SecureContext } | null;
  readonly protocol: PlannedTarget["protocol"];
  /** What plain HTTP/1.1 is read into, by all connections of the thread. */
  readonly readInto: Buffer;
}

/** One connection from its first packet to its end. */
export interface Link {
  /** How far it has come, or what it was doing when it ended. */
  readonly phase: Phase;
  /** Null before it is connected. */
  readonly connectMs: Ms | null;
  /** Null before the handshake is done, and on plain HTTP. */
  readonly tlsMs: Ms | null;
  /** Whether a byte of the answer to the last request came. */
  readonly begun: boolean;
  /** Once it is ready. @returns when its first byte was written */
  send(request: PreparedRequest): Ms;
  /** Ends it; no event comes afterwards. */
  close(): void;
}

export interface LinkEvents extends Pick<TalkEvents, "answered"> {
  ready(): void;
  /** Once, whether or not a request was under way. */
  gone(failure: Failure): void;
}

/** Opens a connection to one address: no second address, no second try. */
export function openLink(place: Place, events: LinkEvents): Link {
  const { address, port, tls, protocol, clock, readInto } = place;
  const beganMs = clock();
  let phase: Phase = "connect";
  let connectMs: Ms | null = null;
  let tlsMs: Ms | null = null;
  let over = false;
  let talk: Talk | null = null;
  let http1: Http1Talk | null = null;

  const close = (): void => {
    over = true;
    talk?.close();
    if (talk === null || http1 !== null) raw.destroy();
  };
  const end = (failure: Failure): void => {
    if (over) return;
    close();
    events.gone(failure);
  };
  const talkEvents: TalkEvents = {
    answered: (answer, atMs) => {
      if (!over) events.answered(answer, atMs);
    },
    broken: end,
  };

  const watch = (socket: Socket): void => {
    socket.on("error", (error) => end(toFailure(error, phase)));
    const onEnd = (): void => {
      if (!over) talk?.ended();
      end({ kind: "closed", phase });
    };
    socket.on("end", onEnd);
    socket.on("close", onEnd);
  };

  const start = (socket: Socket): void => {
    phase = "wait";
    if (protocol === "h2") talk = talkHttp2(socket, place, talkEvents);
    else {
      http1 = talkHttp1(socket, place, talkEvents);
      talk = http1;
      if (tls !== null) socket.on("data", http1.take);
    }
    events.ready();
  };

  const secure = ({ name, trust }: NonNullable<Place["tls"]>): void => {
    phase = "tls";
    const startedMs = clock();
    const socket = startHandshake(raw, { name, protocol, trust });
    watch(socket);
    socket.once("secureConnect", () => {
      if (over) return;
      tlsMs = ms(clock() - startedMs);
      const problem = handshakeProblem(socket, protocol);
      if (problem === null) start(socket);
      else end(problem);
    });
  };

  let view = readInto.subarray(0, 0);
  /** Answers to the same request are mostly of one length: its view is made once. */
  const firstBytes = (size: number): Buffer => {
    if (view.length !== size) view = readInto.subarray(0, size);
    return view;
  };

  const raw = connect({
    host: address,
    port,
    noDelay: true,
    // As under test: what a connection forgotten by the other side does to a client must be seen.
    keepAlive: false,
    autoSelectFamily: false,
    ...(tls === null && protocol === "http/1.1"
      ? {
          onread: {
            buffer: readInto,
            callback: (size: number) => {
              if (!over) http1?.take(firstBytes(size));
              return true;
            },
          },
        }
      : {}),
  });
  watch(raw);
  raw.once("connect", () => {
    if (over) return;
    connectMs = ms(clock() - beganMs);
    if (tls === null) start(raw);
    else secure(tls);
  });

  return {
    get phase() {
      return phase;
    },
    get connectMs() {
      return connectMs;
    },
    get tlsMs() {
      return tlsMs;
    },
    get begun() {
      return talk?.begun === true;
    },
    send(request) {
      if (talk === null) throw new Error("a request is sent on a connection that is not ready");
      return talk.send(request);
    },
    close,
  };
}
