import type { Kept } from "./kept-connection.ts";
import type { RowTags } from "./tag-table.ts";

/** A request whose rows are here or coming; re-used, since there is one at a time for each VU. */
export interface Pending {
  open: boolean;
  tags: RowTags;
  endMs: number;
  dueMs: number;
  closing: boolean;
  duration: number;
  blocked: number;
  connecting: number;
  tls: number;
  sending: number;
  receiving: number;
  failed: number;
  code: string | null;
  refusedBy: string | null;
  /** What its iteration wrote; null where that was several requests, or is not known yet. */
  bytes: number | null;
  /** How many requests the VU's iteration has sent so far. */
  inIteration: number;
  /** When the VU's request before it ended. */
  endBeforeMs: number;
  /** Whether two of its requests were under way at a time: then `blocked` may be a wait for one another. */
  parallel: boolean;
  /** By the target's number: the VU's connection to it, as far as one can know. */
  readonly kept: Kept[];
}

/** Makes it that of a request whose first row has come; what the VU is known by stays. */
export function beginPending(request: Pending, tags: RowTags, endMs: number, dueMs: number, closing: boolean): void {
  request.open = true;
  request.tags = tags;
  request.endMs = endMs;
  request.dueMs = dueMs;
  request.closing = closing;
  request.code = null;
  request.refusedBy = null;
  request.bytes = null;
  request.inIteration += 1;
  request.duration = 0;
  request.blocked = 0;
  request.connecting = 0;
  request.tls = 0;
  request.sending = 0;
  request.receiving = 0;
  request.failed = 0;
}

const noTags: RowTags = {
  target: null,
  name: "",
  idempotent: true,
  phase: "measured",
  failure: null,
  refuser: null,
  message: null,
  status: 0,
  errorCode: 0,
  error: "",
  unexpected: false,
  connected: false,
  h2: false,
};

export const blankPending = (): Pending => ({
  open: false,
  tags: noTags,
  endMs: 0,
  dueMs: 0,
  closing: false,
  duration: 0,
  blocked: 0,
  connecting: 0,
  tls: 0,
  sending: 0,
  receiving: 0,
  failed: 0,
  code: null,
  refusedBy: null,
  bytes: null,
  inIteration: 0,
  endBeforeMs: Number.NEGATIVE_INFINITY,
  parallel: false,
  kept: [],
});
