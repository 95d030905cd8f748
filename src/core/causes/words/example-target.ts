import type { Target } from "#core/targets/target.ts";
import type { TargetKind } from "#core/targets/target-kind.ts";
import { noTimeouts } from "#core/targets/timeouts.ts";
import { bytes, seconds } from "#core/units.ts";

/** A target to write a remedy for where none is given. */
export function exampleTarget(kind: TargetKind): Target {
  const host = exampleHosts[kind.kind] ?? "orders.example.internal";
  const auth = kind.authDefault;
  const service = kind.signingService ?? "execute-api";
  const path = kind.kind === "lambda-endpoint" ? "/2015-03-31/functions/NAME/invocations" : "/";
  return {
    id: "example",
    kind,
    origin: { scheme: "https", host, port: 443 },
    hostHeader: host,
    serverName: host,
    auth,
    signing: auth === "iam" ? { service, region: "eu-west-1", payload: kind.payload } : null,
    requests: [
      {
        name: "main",
        method: "GET",
        path,
        headers: {},
        body: null,
        expect: { statuses: [200], body: null, headers: {} },
      },
    ],
    alsoAllowed: [],
    deadlines: {
      dnsMs: seconds(3),
      connectMs: seconds(5),
      tlsMs: seconds(5),
      firstByteMs: seconds(10),
      totalMs: seconds(30),
    },
    timeouts: noTimeouts,
    pinned: null,
    protocol: "http/1.1",
    zonesExpected: kind.zonesExpected,
    echo: kind.events[0] === undefined ? null : { event: kind.events[0], requestBytesMax: bytes(65_536) },
    certificateDaysMin: 14,
  };
}

const exampleHosts: Readonly<Record<string, string>> = {
  "lambda-endpoint": "lambda.REGION.amazonaws.com",
  lattice: "SERVICE.vpc-lattice-svcs.REGION.on.aws",
  "api-gateway": "API.execute-api.REGION.amazonaws.com",
};
