import type { Exchange } from "#core/observations/exchange.ts";
import type { Failure } from "#core/observations/failure.ts";
import { addressesMax } from "#core/observations/step.ts";
import { showBytes, showMs } from "#core/units.ts";

/** What came of an exchange, as a predicate: `was answered 403`, `got no connection within 5 s`. */
export function said({ outcome }: Exchange): string {
  switch (outcome.kind) {
    case "answered":
      return `was answered ${outcome.status}`;
    case "failed":
      return sayFailure(outcome.failure);
    default:
      return `was ${outcome.kind}`;
  }
}

function sayFailure(failure: Failure): string {
  switch (failure.kind) {
    case "name-not-found":
      return `did not resolve (${failure.code})`;
    case "resolver-unreachable":
      return `got no answer from the resolver (${failure.code})`;
    case "address-not-allowed":
      return `leads to ${list(failure.addresses)}, which is not allowed`;
    case "timeout":
      return `${waitedFor[failure.phase]} within ${showMs(failure.afterMs)}`;
    case "refused":
      return "was refused the connection";
    case "unreachable":
      return `found no route (${failure.code})`;
    case "reset":
      return `was reset ${during[failure.phase]}`;
    case "closed":
      return `was closed ${during[failure.phase]}`;
    case "tls-certificate":
      return `was shown a certificate that is not accepted (${failure.code})`;
    case "tls-not-spoken":
      return "met something that does not speak TLS";
    case "tls-alert":
      return `met the TLS alert ${failure.alert}`;
    case "tls-broken":
      return `met a TLS handshake that is broken (${failure.reason})`;
    case "truncated":
      return `lost its answer after ${showBytes(failure.receivedBytes)}`;
    case "malformed":
      return "was answered with something that is not HTTP";
    case "answer-too-large":
      return `was answered with more than ${showBytes(failure.limitBytes)} of ${failure.part}`;
    case "file-limit":
      return `found no free file descriptor (${failure.code})`;
    case "credentials-missing":
      return "could not be signed: there are no credentials";
    case "interrupted":
      return "was interrupted";
    case "other":
      return `failed (${failure.code})`;
  }
}

type Phase = Extract<Failure, { kind: "timeout" }>["phase"];

const waitedFor: Record<Phase, string> = {
  dns: "did not resolve",
  connect: "got no connection",
  tls: "did not finish its TLS handshake",
  idle: "did not answer TCP keep-alive probes",
  send: "could not be sent",
  wait: "got no answer",
  receive: "did not get the whole of its answer",
};

const during: Record<Phase, string> = {
  dns: "while the name was resolved",
  connect: "while connecting",
  tls: "in the TLS handshake",
  idle: "while it was idle",
  send: "while it was sent",
  wait: "before any answer",
  receive: "in the middle of its answer",
};

/** What to put behind a summary where not every address was tried; empty where all were. */
export function sayLeftOut(exchanges: readonly Exchange[]): string {
  const leftOut = Math.max(0, ...exchanges.map((exchange) => exchange.leftOut ?? 0));
  return leftOut === 0 ? "" : `; ${leftOut} further addresses of the name were not tried (at most ${addressesMax} are)`;
}

/** `a`, `a and b`, `a, b and c`; with more than `most`, `a, b and 7 more`. */
export function list(items: readonly string[], most = 4): string {
  const shown = items.length > most ? [...items.slice(0, most - 1), `${items.length - most + 1} more`] : items;
  const [last = "", ...others] = [...shown].reverse();
  return others.length === 0 ? last : `${others.reverse().join(", ")} and ${last}`;
}
