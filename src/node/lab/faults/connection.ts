import type { Fault } from "../fault.ts";
import { everyKind, takingLargeBodies } from "./kinds.ts";

export const connectionFaults: readonly Fault[] = [
  {
    name: "stale-reuse-reset",
    title: "The second request on a connection is answered with RST",
    kinds: everyKind,
    auth: null,
    cause: "stale-reuse-reset",
    effects: { connection: "reset-on-reuse" },
  },
  {
    name: "stale-reuse-silent",
    title: "The second request on a connection gets no answer",
    kinds: everyKind,
    auth: null,
    cause: "stale-reuse-silent",
    effects: { connection: "silent-on-reuse" },
  },
  {
    name: "reuse-refused",
    title: "Every answer closes its connection",
    kinds: everyKind,
    auth: null,
    cause: "reuse-refused",
    effects: { connection: "close-every-time" },
  },
  {
    name: "closed-unannounced",
    title: "Connections are closed after an answer that does not say so",
    kinds: everyKind,
    auth: null,
    cause: "reuse-refused",
    effects: { connection: "close-unannounced" },
  },
  {
    name: "response-timeout",
    title: "Requests are never answered",
    kinds: everyKind,
    auth: null,
    cause: "response-timeout",
    effects: { connection: "no-answer" },
  },
  {
    name: "response-truncated",
    title: "Bodies end before their announced length",
    kinds: everyKind,
    auth: null,
    cause: "response-truncated",
    effects: { connection: "truncate-body" },
  },
  {
    name: "protocol-error",
    title: "The port speaks something that is not HTTP",
    kinds: everyKind,
    auth: null,
    cause: "protocol-error",
    effects: { connection: "not-http" },
  },
  {
    name: "request-not-taken",
    title: "Large bodies are not read to their end",
    kinds: takingLargeBodies,
    auth: null,
    cause: "request-not-taken",
    effects: { connection: "stall-large-bodies" },
  },
];
