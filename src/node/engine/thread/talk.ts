import type { Failure } from "#core/observations/failure.ts";
import type { Ms } from "#core/units.ts";
import type { Room } from "#node/sockets/byte-collector.ts";
import type { Clock } from "./clock.ts";
import type { HeadCache } from "./head-cache.ts";
import type { Answer } from "./judge-answer.ts";
import type { PreparedRequest } from "./prepare.ts";

/** One request after the other on an open connection, in one protocol. */
export interface Talk {
  /** @returns when its first byte was written */
  send(request: PreparedRequest): Ms;
  /** The peer has ended the connection. */
  ended(): void;
  /** Whether a byte of the answer to the last request came. */
  readonly begun: boolean;
  /** Ends what it has made on the socket and, where there is such a thing, the socket with it. */
  close(): void;
}

export interface TalkMeans {
  readonly clock: Clock;
  readonly cache: HeadCache;
  /** Where bodies are kept, by all connections of the thread. */
  readonly room: Room;
}

export interface TalkEvents {
  /** @param atMs when its last byte was read */
  answered(answer: Answer, atMs: Ms): void;
  /** Nothing more will come of this connection. */
  broken(failure: Failure): void;
}
