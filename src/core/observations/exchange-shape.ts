import type {
  Answered,
  Connection,
  Exchange,
  Outcome,
  Phases,
  Sent,
  SigningVariant,
  TlsFacts,
  Unasked,
} from "./exchange.ts";
import type { Failure } from "./failure.ts";
import { amount, byKind, listOf, object, oneOf, optional, orNull, type Shape, text, truth, tuple } from "./shape.ts";

// Each `satisfies` makes a field that is missing here, or one that is no more, an error of the compiler.
type Fields<T> = Record<Exclude<keyof T, "kind">, Shape>;
type FieldsByKind<T extends { readonly kind: string }> = { [K in T["kind"]]: Fields<Extract<T, { kind: K }>> };

const phase = oneOf("dns", "connect", "tls", "idle", "send", "wait", "receive");

const failure = byKind({
  "name-not-found": { code: text },
  "resolver-unreachable": { code: text },
  "address-not-allowed": { addresses: listOf(text) },
  timeout: {
    phase,
    afterMs: amount,
    peerTcp: optional(orNull(oneOf("acknowledged", "answer-gap", "unacknowledged", "taking", "window-closed"))),
  },
  refused: {},
  unreachable: { code: text },
  reset: { phase },
  closed: { phase },
  "tls-certificate": { problem: oneOf("name", "issuer", "expired", "not-yet-valid", "other"), code: text },
  "tls-not-spoken": {},
  "tls-broken": { reason: text },
  "tls-alert": { alert: text },
  truncated: { expectedBytes: orNull(amount), receivedBytes: amount },
  malformed: { detail: text },
  "answer-too-large": { part: oneOf("headers", "body"), limitBytes: amount },
  "file-limit": { code: text },
  "credentials-missing": { detail: text },
  interrupted: {},
  other: { code: text, message: text },
} satisfies FieldsByKind<Failure>);

const answered = {
  status: amount,
  statusText: text,
  headers: listOf(tuple(text, text)),
  body: text,
  bodyBytes: amount,
  bodySha256: text,
  keptAlive: truth,
} satisfies Fields<Answered>;

const outcome = byKind({
  resolved: {},
  connected: {},
  secured: {},
  answered,
  failed: { failure },
} satisfies FieldsByKind<Outcome>);

// One that is missing here is an error of the compiler too.
const signings = {
  unsigned: true,
  correct: true,
  "wrong-service": true,
  "wrong-region": true,
  "skewed-clock": true,
  "early-clock": true,
  "other-host": true,
  "other-body": true,
  tampered: true,
  "unknown-key": true,
  "missing-token": true,
  "ended-session": true,
  "signed-payload": true,
  presigned: true,
  "presigned-expired": true,
  "presigned-other-service": true,
  "presigned-without-token": true,
} satisfies Record<SigningVariant, true>;

const sent = object({
  until: oneOf("resolved", "connected", "secured", "answered"),
  signing: oneOf(...Object.keys(signings)),
  principal: optional(text),
  keptAfterMs: optional(orNull(amount)),
  tcpKeepAliveMs: optional(amount),
  agreesWithReference: optional(orNull(truth)),
  method: text,
  path: text,
  host: text,
  bodyBytes: amount,
  headerBytes: amount,
  canonicalRequest: orNull(text),
} satisfies Fields<Sent>);

const unasked = object({ bytes: amount, text, goaway: truth, pings: amount } satisfies Fields<Unasked>);

const connection = object({
  id: amount,
  reusedSocket: truth,
  requestsBefore: amount,
  ageMs: amount,
  idleMs: orNull(amount),
  unasked: optional(unasked),
  localPort: amount,
  remotePort: amount,
  protocol: oneOf("http/1.1", "h2"),
} satisfies Fields<Connection>);

const tls = object({
  version: text,
  cipher: text,
  alpn: orNull(text),
  subject: text,
  issuer: text,
  altNames: listOf(text),
  validFrom: text,
  validTo: text,
  fingerprint256: text,
} satisfies Fields<TlsFacts>);

const phases = object({
  dnsMs: orNull(amount),
  connectMs: orNull(amount),
  tlsMs: orNull(amount),
  sendMs: orNull(amount),
  waitMs: orNull(amount),
  receiveMs: orNull(amount),
  serviceMs: orNull(amount),
  totalMs: amount,
} satisfies Fields<Phases>);

const exchange = object({
  target: text,
  check: text,
  step: text,
  at: text,
  sent,
  addresses: listOf(text),
  leftOut: optional(amount),
  address: orNull(text),
  connection: orNull(connection),
  tls: orNull(tls),
  phases,
  outcome,
} satisfies Fields<Exchange>);

/** What keeps a value from being an exchange, in a clause; null when it is one. */
export const problemWithExchange = (value: unknown): string | null => exchange(value, "");

export const isExchange = (value: unknown): value is Exchange => problemWithExchange(value) === null;
