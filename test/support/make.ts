import type { Answered, Connection, Exchange } from "#core/observations/exchange.ts";
import type { Failure } from "#core/observations/failure.ts";
import { findKind } from "#core/targets/index.ts";
import type { Target } from "#core/targets/target.ts";
import { noTimeouts } from "#core/targets/timeouts.ts";
import { bytes, ms } from "#core/units.ts";

/** A healthy https target of a kind, to be varied. */
export function makeTarget(kindName: string, over: Partial<Target> = {}): Target {
  const kind = findKind(kindName);
  if (kind === null) throw new RangeError(`no target kind ${kindName}`);
  const auth = over.auth ?? kind.authDefault;
  return {
    id: "orders",
    kind,
    origin: { scheme: "https", host: "orders.example.internal", port: 443 },
    hostHeader: "orders.example.internal",
    serverName: "orders.example.internal",
    auth,
    signing:
      auth === "iam"
        ? { service: kind.signingService ?? "execute-api", region: "eu-west-1", payload: kind.payload }
        : null,
    requests: [
      {
        name: "main",
        method: "GET",
        path: "/orders/1",
        headers: {},
        body: null,
        expect: { statuses: [200], body: null, headers: {} },
      },
    ],
    alsoAllowed: [],
    deadlines: { dnsMs: ms(3000), connectMs: ms(5000), tlsMs: ms(5000), firstByteMs: ms(10_000), totalMs: ms(30_000) },
    timeouts: noTimeouts,
    pinned: null,
    protocol: "http/1.1",
    zonesExpected: kind.zonesExpected,
    echo: null,
    certificateDaysMin: 14,
    ...over,
  };
}

export const makeConnection = (over: Partial<Connection> = {}): Connection => ({
  id: 1,
  reusedSocket: false,
  requestsBefore: 0,
  ageMs: ms(1),
  idleMs: null,
  localPort: 40_000,
  remotePort: 443,
  protocol: "http/1.1",
  ...over,
});

/** An answered exchange, to be varied. */
export const makeExchange = (over: Partial<Exchange> = {}): Exchange => ({
  target: "orders",
  check: "signed-is-answered",
  step: "first",
  at: "2026-11-23T10:00:00.000Z",
  sent: {
    until: "answered",
    signing: "correct",
    method: "GET",
    path: "/orders/1",
    host: "orders.example.internal",
    bodyBytes: bytes(0),
    headerBytes: bytes(300),
    canonicalRequest: null,
  },
  addresses: ["10.0.1.10", "10.0.2.10"],
  address: "10.0.1.10",
  connection: makeConnection(),
  tls: null,
  phases: {
    dnsMs: ms(1),
    connectMs: ms(1),
    tlsMs: ms(4),
    sendMs: ms(0.1),
    waitMs: ms(5),
    receiveMs: ms(0.2),
    serviceMs: ms(5.3),
    totalMs: ms(12),
  },
  outcome: makeAnswer({}),
  ...over,
});

export const makeAnswer = (over: Partial<Omit<Answered, "kind">>): Answered => ({
  kind: "answered",
  status: 200,
  statusText: "OK",
  headers: [],
  body: over.body ?? "",
  bodyBytes: bytes((over.body ?? "").length),
  bodySha256: "",
  keptAlive: true,
  ...over,
});

/** The usual shape of a test: one exchange that failed. */
export const makeFailed = (failure: Failure, over: Partial<Exchange> = {}): Exchange =>
  makeExchange({ ...over, outcome: { kind: "failed", failure } });
