import type { Exchange, SigningVariant } from "#core/observations/exchange.ts";
import type { Failure } from "#core/observations/failure.ts";
import type { DeniedBy } from "#core/targets/access.ts";
import type { Target } from "#core/targets/target.ts";
import { noTimeouts } from "#core/targets/timeouts.ts";
import { bytes, ms } from "#core/units.ts";
import { makeAnswer, makeConnection, makeExchange, makeFailed, makeTarget } from "../../support/make.ts";

/** What was seen, of which target, and the cause that must be named first. */
export interface Scene {
  readonly code: string;
  readonly scene: string;
  readonly target: Target;
  readonly exchanges: readonly Exchange[];
  /** A literal part of the evidence. */
  readonly evidence: string;
}

const lambda = makeTarget("lambda-endpoint");
const lattice = makeTarget("lattice");
const api = makeTarget("api-gateway");
const alb = makeTarget("alb");
const plain = makeTarget("http", { origin: { scheme: "http", host: "127.0.0.1", port: 8443 }, serverName: null });

export const sent = (over: Partial<Exchange["sent"]>): Exchange["sent"] => ({ ...makeExchange().sent, ...over });

interface Answering {
  readonly headers?: readonly (readonly [string, string])[];
  readonly signing?: SigningVariant;
  readonly over?: Partial<Exchange>;
}

export const answered = (
  status: number,
  body: string,
  { headers = [], signing = "correct", over = {} }: Answering = {},
) => makeExchange({ sent: sent({ signing }), outcome: makeAnswer({ status, body, headers }), ...over });

const errorType = (type: string): Answering => ({ headers: [["x-amzn-errortype", type]] });
const page = (title: string) =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
const awselb: Answering = { headers: [["server", "awselb/2.0"]] };

export const failed = (failure: Failure, over: Partial<Exchange> = {}): Exchange =>
  makeFailed(failure, { connection: null, ...over });
const timeout = (phase: Extract<Failure, { kind: "timeout" }>["phase"]): Failure => ({
  kind: "timeout",
  phase,
  afterMs: ms(5000),
});
const lost = (phase: "tls" | "send" | "wait"): Failure => ({
  kind: "timeout",
  phase,
  afterMs: ms(5000),
  peerTcp: "unacknowledged",
});
const kept = (over: Partial<Exchange["connection"] & object> = {}) =>
  makeConnection({ reusedSocket: true, requestsBefore: 1, idleMs: ms(400), ageMs: ms(500), ...over });

const certificate = (problem: "name" | "issuer" | "expired", code: string) =>
  failed({ kind: "tls-certificate", problem, code }, { connection: makeConnection() });

const tls: NonNullable<Exchange["tls"]> = {
  version: "TLSv1.3",
  cipher: "TLS_AES_128_GCM_SHA256",
  alpn: "http/1.1",
  subject: "CN=orders.example.internal",
  issuer: "CN=Amazon RSA 2048 M02",
  altNames: ["orders.example.internal"],
  validFrom: "2026-01-01T00:00:00.000Z",
  validTo: "2027-01-01T00:00:00.000Z",
  fingerprint256: "AA:BB",
};

export const canonical = (host: string, path = "/orders/1") =>
  `GET\n${path}\n\nhost:${host}\nx-amz-date:20261123T100000Z\n\nhost;x-amz-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`;
export const mismatch = (canonicalRequest: string) =>
  JSON.stringify({
    message: `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'${canonicalRequest}'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20261123T100000Z\n20261123/eu-west-1/lambda/aws4_request\nabc'\n`,
  });
export const unprinted = JSON.stringify({
  message:
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
});

const user = "User: arn:aws:sts::123456789012:assumed-role/shop/i-1 is not authorized to perform:";
const fn = "arn:aws:lambda:eu-west-1:123456789012:function:orders";
const svc = "arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-0abc/orders/1";
const ofApi = "arn:aws:execute-api:eu-west-1:********9012:a1b2c3/prod/GET/orders";
const lambdaDenied = (reason: string) =>
  answered(
    403,
    JSON.stringify({ Message: `${user} lambda:InvokeFunction on resource: ${fn} ${reason}` }),
    errorType("AccessDeniedException"),
  );
const latticeDenied = (who: string, layer: string, signing: SigningVariant = "correct") =>
  answered(
    403,
    `AccessDeniedException: User: ${who} is not authorized to perform: vpc-lattice-svcs:Invoke on resource: ${svc} because no ${layer} policy allows the vpc-lattice-svcs:Invoke action`,
    { signing },
  );
const refusedBy = (target: Target, denied: DeniedBy): Target["requests"][0] => ({
  ...target.requests[0],
  expect: { statuses: [401, 403], body: null, headers: {}, denied },
});
const latticeUser = "arn:aws:sts::123456789012:assumed-role/shop/i-1";
const functionFailed = (type: string, message: string) =>
  answered(200, JSON.stringify({ errorType: type, errorMessage: message }), {
    headers: [["x-amz-function-error", "Unhandled"]],
  });

export const scenes: readonly Scene[] = [
  // dns
  {
    code: "dns-name-not-found",
    scene: "ENOTFOUND",
    target: lambda,
    exchanges: [failed({ kind: "name-not-found", code: "ENOTFOUND" }, { addresses: [], address: null })],
    evidence: "orders.example.internal does not resolve (ENOTFOUND).",
  },
  {
    code: "dns-resolver-unreachable",
    scene: "a silent resolver",
    target: lambda,
    exchanges: [failed(timeout("dns"), { addresses: [], address: null })],
    evidence: "within 5000 ms",
  },
  {
    code: "dns-resolver-unreachable",
    scene: "EAI_AGAIN",
    target: lattice,
    exchanges: [failed({ kind: "resolver-unreachable", code: "EAI_AGAIN" })],
    evidence: "EAI_AGAIN",
  },
  {
    code: "dns-public-address",
    scene: "an address that is not allowed",
    target: lambda,
    exchanges: [failed({ kind: "address-not-allowed", addresses: ["3.5.1.1"] })],
    evidence: "3.5.1.1 (public)",
  },
  {
    code: "dns-public-address",
    scene: "a private front that resolves to a public address",
    target: api,
    exchanges: [makeExchange({ addresses: ["52.1.2.3"], outcome: { kind: "resolved" } })],
    evidence: "resolves to 52.1.2.3, which is public.",
  },
  {
    code: "dns-one-zone-only",
    scene: "one address where zones are expected",
    target: lambda,
    exchanges: [makeExchange({ addresses: ["10.0.1.10"], outcome: { kind: "resolved" } })],
    evidence: "resolves to 10.0.1.10 alone",
  },
  // tcp
  {
    code: "tcp-timeout",
    scene: "no answer to connect",
    target: lambda,
    exchanges: [failed(timeout("connect"))],
    evidence: "TCP connect to 10.0.1.10:443 got no answer within 5000 ms.",
  },
  {
    code: "tcp-unreachable",
    scene: "no route",
    target: alb,
    exchanges: [failed({ kind: "unreachable", code: "EHOSTUNREACH" })],
    evidence: "EHOSTUNREACH",
  },
  {
    code: "tcp-unreachable",
    scene: "a route of one's own that prohibits",
    target: lambda,
    exchanges: [failed({ kind: "unreachable", code: "EACCES" })],
    evidence: "this machine itself forbids it",
  },
  {
    code: "tcp-data-dropped",
    scene: "a TLS greeting that nothing acknowledges",
    target: alb,
    exchanges: [failed(lost("tls"), { connection: makeConnection() })],
    evidence: "the TLS greeting was sent again and again for 5000 ms",
  },
  {
    code: "tcp-data-dropped",
    scene: "a small request that nothing acknowledges",
    target: plain,
    exchanges: [failed(lost("wait"), { connection: makeConnection() })],
    evidence: "GET /orders/1 was sent again and again",
  },
  {
    code: "response-timeout",
    scene: "a small request that was acknowledged",
    target: plain,
    exchanges: [failed({ kind: "timeout", phase: "wait", afterMs: ms(5000), peerTcp: "acknowledged" })],
    evidence: "its TCP had acknowledged all of it",
  },
  {
    code: "path-mtu-black-hole",
    scene: "a large request that nothing acknowledges behind a handshake",
    target: alb,
    exchanges: [failed(lost("wait"), { connection: makeConnection(), tls, sent: sent({ headerBytes: bytes(5000) }) })],
    evidence: "while the TLS handshake passed",
  },
  ...(["tls", "wait"] as const).map(
    (phase): Scene => ({
      code: "path-mtu-black-hole",
      scene: `only the end of an answer, in phase ${phase}`,
      target: alb,
      exchanges: [
        failed({ kind: "timeout", phase, afterMs: ms(5000), peerTcp: "answer-gap" }, { connection: makeConnection() }),
      ],
      evidence: "full-size packets before it are missing still",
    }),
  ),
  {
    code: "response-timeout",
    scene: "a large body that arrived",
    target: alb,
    exchanges: [
      answered(200, "ok"),
      failed(
        { kind: "timeout", phase: "wait", afterMs: ms(5000), peerTcp: "acknowledged" },
        { connection: makeConnection(), sent: sent({ bodyBytes: bytes(65_536) }) },
      ),
    ],
    evidence: "its TCP had acknowledged all of it",
  },
  ...(["taking", "window-closed"] as const).map(
    (peerTcp): Scene => ({
      code: "request-not-taken",
      scene: `a large body of which a part arrived (${peerTcp})`,
      target: alb,
      exchanges: [
        answered(200, "ok"),
        failed(
          { kind: "timeout", phase: "wait", afterMs: ms(5000), peerTcp },
          { connection: makeConnection(), sent: sent({ bodyBytes: bytes(524_288) }) },
        ),
      ],
      evidence: "512.3 KiB in all, was not taken by 10.0.1.10:443 within 5000 ms; its TCP",
    }),
  ),
  {
    code: "lattice-not-associated",
    scene: "no answer from a link-local address",
    target: lattice,
    exchanges: [failed(timeout("connect"), { address: "169.254.171.65", addresses: ["169.254.171.65"] })],
    evidence: "169.254.171.65:443, an address from which Lattice answers associated VPCs",
  },
  {
    code: "lattice-not-associated",
    scene: "no answer from loopback",
    target: lattice,
    exchanges: [failed(timeout("connect"), { address: "127.0.3.1" })],
    evidence: "127.0.3.1:443",
  },
  {
    code: "tcp-refused",
    scene: "ECONNREFUSED",
    target: lattice,
    exchanges: [failed({ kind: "refused" })],
    evidence: "10.0.1.10:443 refused the connection.",
  },
  {
    code: "tcp-reset",
    scene: "RST before a byte",
    target: lambda,
    exchanges: [failed({ kind: "reset", phase: "connect" })],
    evidence: "reset (RST) the connection before a byte was written",
  },
  {
    code: "tcp-reset",
    scene: "RST at the first request",
    target: plain,
    exchanges: [failed({ kind: "reset", phase: "wait" }, { connection: makeConnection({ remotePort: 8080 }) })],
    evidence: "reset (RST) a new connection at its first request, GET /orders/1",
  },
  ...(["timeout", "refused", "reset"] as const).map(
    (kind): Scene => ({
      code: "one-zone-down",
      scene: `one address ${kind}, the other fine`,
      target: kind === "timeout" ? lattice : lambda,
      exchanges: [
        makeExchange({ outcome: { kind: "connected" } }),
        failed(kind === "timeout" ? timeout("connect") : kind === "reset" ? { kind, phase: "connect" } : { kind }, {
          address: "10.0.2.10",
        }),
      ],
      evidence: "10.0.2.10:443",
    }),
  ),
  {
    code: "path-mtu-black-hole",
    scene: "small answered, large hangs",
    target: lambda,
    exchanges: [
      answered(200, "ok"),
      failed(timeout("wait"), { sent: sent({ bodyBytes: bytes(65_536) }), connection: makeConnection({ id: 2 }) }),
    ],
    evidence: "A request of 64.3 KiB",
  },
  // tls
  {
    code: "tls-name-mismatch",
    scene: "another name",
    target: alb,
    exchanges: [
      { ...certificate("name", "ERR_TLS_CERT_ALTNAME_INVALID"), tls: { ...tls, altNames: ["other.example"] } },
    ],
    evidence: 'It is for "other.example"',
  },
  {
    code: "tls-untrusted-issuer",
    scene: "a private issuer",
    target: alb,
    exchanges: [certificate("issuer", "UNABLE_TO_VERIFY_LEAF_SIGNATURE")],
    evidence: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  },
  {
    code: "tls-expired",
    scene: "an ended certificate",
    target: lattice,
    exchanges: [certificate("expired", "CERT_HAS_EXPIRED")],
    evidence: "CERT_HAS_EXPIRED",
  },
  {
    code: "tls-expired",
    scene: "a certificate that ends soon",
    target: alb,
    exchanges: [makeExchange({ tls: { ...tls, validTo: "2026-11-29T10:00:00.000Z" }, outcome: { kind: "secured" } })],
    evidence: "6 days were left, and 14 are demanded",
  },
  {
    code: "tls-not-spoken",
    scene: "plain HTTP on the port",
    target: lattice,
    exchanges: [failed({ kind: "tls-not-spoken" })],
    evidence: "something that is not TLS",
  },
  {
    code: "plain-http-to-tls-port",
    scene: "an end without a byte",
    target: plain,
    exchanges: [failed({ kind: "closed", phase: "wait" }, { connection: makeConnection({ remotePort: 8443 }) })],
    evidence: "closed it without a byte of answer",
  },
  {
    code: "plain-http-to-tls-port",
    scene: "nginx's words",
    target: plain,
    exchanges: [answered(400, page("400 The plain HTTP request was sent to HTTPS port"))],
    evidence: "was answered 400",
  },
  {
    code: "plain-http-to-tls-port",
    scene: "a TLS alert",
    target: plain,
    exchanges: [
      failed({ kind: "malformed", detail: "\u0015\u0003\u0001\u0000\u0002" }, { connection: makeConnection() }),
    ],
    evidence: "TLS alert",
  },
  {
    code: "tls-version-refused",
    scene: "a protocol_version alert",
    target: api,
    exchanges: [failed({ kind: "tls-alert", alert: "protocol_version" })],
    evidence: "protocol_version",
  },
  {
    code: "tls-client-certificate",
    scene: "a certificate_required alert",
    target: alb,
    exchanges: [failed({ kind: "tls-alert", alert: "certificate_required" })],
    evidence: "certificate_required",
  },
  {
    code: "tls-client-certificate",
    scene: "nginx's own 400",
    target: alb,
    exchanges: [answered(400, "<center>No required SSL certificate was sent</center>")],
    evidence: "was answered 400",
  },
  {
    code: "tls-no-common-protocol",
    scene: "a no_application_protocol alert",
    target: alb,
    exchanges: [failed({ kind: "tls-alert", alert: "no_application_protocol" })],
    evidence: "was offered http/1.1",
  },
  {
    code: "tls-handshake-reset",
    scene: "RST in the handshake",
    target: lattice,
    exchanges: [failed({ kind: "reset", phase: "tls" })],
    evidence: "during the TLS handshake for orders.example.internal",
  },
  {
    code: "tls-handshake-reset",
    scene: "an unrecognized_name alert",
    target: lattice,
    exchanges: [failed({ kind: "tls-alert", alert: "unrecognized_name" })],
    evidence: "unrecognized_name",
  },
  {
    code: "tls-handshake-timeout",
    scene: "no ServerHello",
    target: alb,
    exchanges: [failed(timeout("tls"))],
    evidence: "did not answer the TLS greeting",
  },
  // signing
  {
    code: "auth-missing",
    scene: "Lambda without a signature",
    target: lambda,
    exchanges: [
      answered(403, '{"message":"Missing Authentication Token"}', {
        ...errorType("MissingAuthenticationTokenException"),
        signing: "unsigned",
      }),
    ],
    evidence: "The request was sent unsigned.",
  },
  {
    code: "auth-missing",
    scene: "Lambda sees no signature on a signed request",
    target: lambda,
    exchanges: [answered(403, '{"message":"Missing Authentication Token"}')],
    evidence: "The request left here signed.",
  },
  {
    code: "auth-missing",
    scene: "API Gateway, an AWS_IAM method called unsigned",
    target: api,
    exchanges: [
      answered(403, '{"message":"Missing Authentication Token"}', {
        ...errorType("MissingAuthenticationTokenException"),
        signing: "unsigned",
      }),
    ],
    evidence: "Missing Authentication Token",
  },
  {
    code: "auth-missing",
    scene: "Lattice calls a signed caller anonymous",
    target: lattice,
    exchanges: [latticeDenied("anonymous", "network-based")],
    evidence: "The request left here signed.",
  },
  {
    code: "auth-missing",
    scene: "half an Authorization header",
    target: lambda,
    exchanges: [
      answered(
        403,
        JSON.stringify({ message: "Authorization header requires 'Credential' parameter." }),
        errorType("IncompleteSignatureException"),
      ),
    ],
    evidence: "requires 'Credential'",
  },
  {
    code: "auth-wrong-service",
    scene: "Lambda",
    target: lambda,
    exchanges: [
      answered(403, JSON.stringify({ message: "Credential should be scoped to correct service: 'lambda'." }), {
        ...errorType("InvalidSignatureException"),
        signing: "wrong-service",
      }),
    ],
    evidence: "'lambda'",
  },
  {
    code: "auth-wrong-service",
    scene: "Lattice",
    target: lattice,
    exchanges: [
      answered(403, "InvalidSignatureException: Credential should be scoped to correct service: 'vpc-lattice-svcs'."),
    ],
    evidence: "vpc-lattice-svcs",
  },
  {
    code: "auth-wrong-region",
    scene: "Lambda",
    target: lambda,
    exchanges: [
      answered(
        403,
        JSON.stringify({ message: "Credential should be scoped to a valid region, not 'us-east-1'. " }),
        errorType("InvalidSignatureException"),
      ),
    ],
    evidence: "not 'us-east-1'",
  },
  {
    code: "auth-clock-skew",
    scene: "clock behind",
    target: lambda,
    exchanges: [
      answered(
        403,
        JSON.stringify({
          message:
            "Signature expired: 20260803T101500Z is now earlier than 20260803T104500Z (20260803T105000Z - 5 min.)",
        }),
        errorType("InvalidSignatureException"),
      ),
    ],
    evidence: "The request was signed 35 min before the service's time.",
  },
  {
    code: "auth-clock-skew",
    scene: "clock ahead",
    target: api,
    exchanges: [
      answered(
        403,
        JSON.stringify({
          message:
            "Signature not yet current: 20260803T110000Z is still later than 20260803T105500Z (20260803T105000Z + 5 min.)",
        }),
      ),
    ],
    evidence: "10 min after the service's time",
  },
  {
    code: "auth-signature-mismatch",
    scene: "a path encoded differently",
    target: lambda,
    exchanges: [
      answered(403, mismatch(canonical("orders.example.internal", "/orders%253A1")), {
        ...errorType("InvalidSignatureException"),
        over: { sent: sent({ canonicalRequest: canonical("orders.example.internal", "/orders%3A1") }) },
      }),
    ],
    evidence: 'The path differs: signed here "/orders%3A1", computed by the service "/orders%253A1".',
  },
  {
    code: "auth-signature-mismatch",
    scene: "a service that prints nothing",
    target: lambda,
    exchanges: [answered(403, unprinted, errorType("InvalidSignatureException"))],
    evidence: "does not match",
  },
  {
    code: "auth-host-mismatch",
    scene: "another host line",
    target: api,
    exchanges: [
      answered(403, mismatch(canonical("a1b2c3.execute-api.eu-west-1.amazonaws.com")), {
        over: { sent: sent({ canonicalRequest: canonical("orders.example.internal") }) },
      }),
    ],
    evidence: 'for host "a1b2c3.execute-api.eu-west-1.amazonaws.com"',
  },
  {
    code: "auth-unknown-key",
    scene: "Lambda",
    target: lambda,
    exchanges: [
      answered(403, JSON.stringify({ message: "The security token included in the request is invalid." }), {
        ...errorType("UnrecognizedClientException"),
        signing: "missing-token",
      }),
    ],
    evidence: "The session token was left out",
  },
  {
    code: "auth-token-expired",
    scene: "Lambda",
    target: lambda,
    exchanges: [
      answered(
        403,
        JSON.stringify({ message: "The security token included in the request is expired" }),
        errorType("ExpiredTokenException"),
      ),
    ],
    evidence: "is expired",
  },
  {
    code: "auth-payload-signed",
    scene: "Lattice",
    target: lattice,
    exchanges: [
      answered(403, "InvalidSignatureException: Signed payloads are not supported", { signing: "signed-payload" }),
    ],
    evidence: "Signed payloads are not supported",
  },
  // policy
  {
    code: "denied-identity-policy",
    scene: "Lambda",
    target: lambda,
    exchanges: [lambdaDenied("because no identity-based policy allows the lambda:InvokeFunction action")],
    evidence: "was answered 403",
  },
  {
    code: "denied-identity-policy",
    scene: "Lattice",
    target: lattice,
    exchanges: [latticeDenied(latticeUser, "identity-based")],
    evidence: "vpc-lattice-svcs:Invoke",
  },
  {
    code: "denied-identity-policy",
    scene: "a permissions boundary",
    target: lambda,
    exchanges: [lambdaDenied("because no permissions boundary allows the lambda:InvokeFunction action")],
    evidence: "was answered 403",
  },
  {
    code: "denied-resource-policy",
    scene: "Lambda",
    target: lambda,
    exchanges: [lambdaDenied("because no resource-based policy allows the lambda:InvokeFunction action")],
    evidence: "was answered 403",
  },
  {
    code: "denied-resource-policy",
    scene: "API Gateway names no layer",
    target: api,
    exchanges: [
      answered(
        403,
        JSON.stringify({
          Message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${ofApi}`,
        }),
        errorType("AccessDeniedException"),
      ),
    ],
    evidence: "The caller was anonymous to it.",
  },
  {
    code: "denied-endpoint-policy",
    scene: "Lambda",
    target: lambda,
    exchanges: [lambdaDenied("because no VPC endpoint policy allows the lambda:InvokeFunction action")],
    evidence: "was answered 403",
  },
  {
    code: "denied-lattice-service-policy",
    scene: "a signed caller",
    target: lattice,
    exchanges: [latticeDenied(latticeUser, "service-based")],
    evidence: "is not authorized",
  },
  {
    code: "denied-lattice-service-policy",
    scene: "an unsigned caller",
    target: lattice,
    exchanges: [latticeDenied("anonymous", "service-based", "unsigned")],
    evidence: "The caller was anonymous to it.",
  },
  {
    code: "denied-lattice-network-policy",
    scene: "an unsigned caller",
    target: lattice,
    exchanges: [latticeDenied("anonymous", "network-based", "unsigned")],
    evidence: "The caller was anonymous to it.",
  },
  {
    code: "denied-explicit",
    scene: "in an endpoint policy",
    target: lambda,
    exchanges: [lambdaDenied("with an explicit deny in a VPC endpoint policy")],
    evidence: "The Deny is in a VPC endpoint policy.",
  },
  {
    code: "denied-explicit",
    scene: "with a policy ARN",
    target: lambda,
    exchanges: [lambdaDenied("with an explicit deny in a service control policy: arn:aws:organizations::1:policy/p-1")],
    evidence: "service control policy",
  },
  {
    code: "denied-explicit",
    scene: "of a type that is not named",
    target: api,
    exchanges: [
      answered(
        403,
        JSON.stringify({
          Message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${ofApi} with an explicit deny`,
        }),
      ),
    ],
    evidence: "does not name",
  },
  {
    code: "open-to-unsigned",
    scene: "unsigned and answered",
    target: lattice,
    exchanges: [answered(200, "hello", { signing: "unsigned" })],
    evidence: "It was sent unsigned.",
  },
  {
    code: "open-to-unsigned",
    scene: "tampered and answered",
    target: lambda,
    exchanges: [answered(200, "hello", { signing: "tampered" })],
    evidence: "does not fit it",
  },
  {
    code: "open-to-principal",
    scene: "signed and answered, where it should be refused",
    target: { ...lattice, requests: [refusedBy(lattice, "lattice-service-policy")] },
    exchanges: [answered(200, "hello")],
    evidence: "It should have been refused by the Lattice service's policy.",
  },
  {
    code: "policy-not-as-deployed",
    scene: "answered, though no statement of the endpoint's file allows it",
    target: {
      ...api,
      policies: {
        endpoint: {
          file: "endpoint.json",
          text: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}]}',
        },
        identity: {},
        callers: {},
        account: null,
        context: {},
      },
    },
    exchanges: [answered(200, "hello")],
    evidence: "no statement of endpoint.json allows it",
  },
  {
    code: "apigw-forbidden",
    scene: "no such API here",
    target: api,
    exchanges: [answered(403, '{"message":"Forbidden"}', errorType("ForbiddenException"))],
    evidence: '"Forbidden"',
  },
  {
    code: "apigw-unknown-route",
    scene: "a signed request",
    target: api,
    exchanges: [
      answered(403, '{"message":"Missing Authentication Token"}', errorType("MissingAuthenticationTokenException")),
    ],
    evidence: "The request was sent signed.",
  },
  {
    code: "apigw-unknown-route",
    scene: "an open API",
    target: makeTarget("api-gateway", { auth: "none" }),
    exchanges: [answered(403, '{"message":"Missing Authentication Token"}', { signing: "unsigned" })],
    evidence: "sent unsigned",
  },
  // service
  {
    code: "function-not-found",
    scene: "no such function",
    target: lambda,
    exchanges: [
      answered(
        404,
        JSON.stringify({ Message: `Function not found: ${fn}:live`, Type: "User" }),
        errorType("ResourceNotFoundException"),
      ),
    ],
    evidence: "function:orders:live",
  },
  {
    code: "function-not-found",
    scene: "an ARN of another Region",
    target: lambda,
    exchanges: [
      answered(
        404,
        JSON.stringify({
          Message: "Functions from 'us-east-1' are not reachable in this region ('eu-west-1')",
          Type: "User",
        }),
      ),
    ],
    evidence: "not reachable",
  },
  {
    code: "lattice-no-route",
    scene: "an empty 404",
    target: lattice,
    exchanges: [answered(404, "")],
    evidence: "was answered 404 with an empty body.",
  },
  {
    code: "function-error",
    scene: "a thrown exception",
    target: lambda,
    exchanges: [functionFailed("Exception", "Handler fails")],
    evidence: 'X-Amz-Function-Error Unhandled, Exception: "Handler fails"',
  },
  {
    code: "function-timeout",
    scene: "Task timed out",
    target: lambda,
    exchanges: [functionFailed("Sandbox.Timedout", "RequestId: 8f8f Error: Task timed out after 30.00 seconds")],
    evidence: "Task timed out after 30.00 seconds",
  },
  {
    code: "function-timeout",
    scene: "Task timed out as declared",
    target: { ...lambda, timeouts: { ...noTimeouts, functionMs: ms(30_000) } },
    exchanges: [functionFailed("Sandbox.Timedout", "RequestId: 8f8f Error: Task timed out after 30.00 seconds")],
    evidence: "Task timed out after 30.00 seconds",
  },
  {
    code: "timeout-not-as-declared",
    scene: "Task timed out sooner than the config says",
    target: { ...lambda, timeouts: { ...noTimeouts, functionMs: ms(60_000) } },
    exchanges: [functionFailed("Sandbox.Timedout", "RequestId: 8f8f Error: Task timed out after 3.00 seconds")],
    evidence: "Task timed out after 3.00 seconds\". The config's `timeouts` give the function 1 min.",
  },
  {
    code: "invalid-function-response",
    scene: "API Gateway",
    target: api,
    exchanges: [answered(502, '{"message": "Internal server error"}', errorType("InternalServerErrorException"))],
    evidence: "was answered 502",
  },
  {
    code: "invalid-function-response",
    scene: "ALB",
    target: alb,
    exchanges: [answered(502, page("502 Bad Gateway"), { ...awselb, signing: "unsigned" })],
    evidence: "502 Bad Gateway",
  },
  {
    code: "invalid-function-response",
    scene: "Lattice before a function",
    target: makeTarget("lattice", { echo: { event: "lattice-v1", requestBytesMax: bytes(1) } }),
    exchanges: [answered(502, "Bad Gateway")],
    evidence: "Bad Gateway",
  },
  {
    code: "throttled",
    scene: "Lambda",
    target: lambda,
    exchanges: [
      answered(
        429,
        '{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}',
        {
          headers: [
            ["x-amzn-errortype", "TooManyRequestsException"],
            ["retry-after", "1"],
          ],
        },
      ),
    ],
    evidence: "ReservedFunctionConcurrentInvocationLimitExceeded. It asks to wait 1",
  },
  {
    code: "throttled",
    scene: "API Gateway",
    target: api,
    exchanges: [answered(429, '{"message":"Too Many Requests"}', errorType("TooManyRequestsException"))],
    evidence: "Too Many Requests",
  },
  {
    code: "quota-exceeded",
    scene: "a usage plan",
    target: api,
    exchanges: [answered(429, '{"message":"Limit Exceeded"}', errorType("LimitExceededException"))],
    evidence: "Limit Exceeded",
  },
  {
    code: "payload-too-large",
    scene: "Lambda",
    target: lambda,
    exchanges: [
      answered(
        413,
        JSON.stringify({
          Type: "User",
          message: "Request must be smaller than 6291456 bytes for the InvokeFunction operation",
        }),
        { ...errorType("RequestEntityTooLargeException"), over: { sent: sent({ bodyBytes: bytes(7_340_032) }) } },
      ),
    ],
    evidence: "Its body had 7 MiB.",
  },
  {
    code: "payload-too-large",
    scene: "API Gateway",
    target: api,
    exchanges: [answered(413, '{"message":"HTTP content length exceeded 10485760 bytes."}')],
    evidence: "10485760",
  },
  {
    code: "payload-too-large",
    scene: "a response that is too large",
    target: lambda,
    exchanges: [
      functionFailed(
        "Function.ResponseSizeTooLarge",
        "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
      ),
    ],
    evidence: "6291556",
  },
  {
    code: "headers-too-large",
    scene: "a bare 400 on large headers",
    target: api,
    exchanges: [
      answered(400, '{"message":"Bad Request"}', {
        ...errorType("BadRequestException"),
        over: { sent: sent({ headerBytes: bytes(9000) }) },
      }),
    ],
    evidence: "8.8 KiB",
  },
  {
    code: "headers-too-large",
    scene: "431",
    target: plain,
    exchanges: [answered(431, "", { signing: "unsigned" })],
    evidence: "431",
  },
  {
    code: "no-targets",
    scene: "ALB",
    target: alb,
    exchanges: [answered(503, page("503 Service Temporarily Unavailable"), { ...awselb, signing: "unsigned" })],
    evidence: "503 Service Temporarily Unavailable",
  },
  {
    code: "target-unreachable",
    scene: "Lattice 500",
    target: lattice,
    exchanges: [answered(500, "Internal Server Error")],
    evidence: "was answered 500",
  },
  {
    code: "target-unreachable",
    scene: "Lattice 502",
    target: lattice,
    exchanges: [answered(502, "")],
    evidence: "was answered 502",
  },
  {
    code: "target-unreachable",
    scene: "a function without network interface",
    target: lambda,
    exchanges: [answered(502, "{}", errorType("ENINotReadyException"))],
    evidence: "was answered 502",
  },
  {
    code: "target-timeout",
    scene: "ALB",
    target: alb,
    exchanges: [answered(504, page("504 Gateway Time-out"), { ...awselb, signing: "unsigned" })],
    evidence: "It came after 5 ms.",
  },
  {
    code: "integration-timeout",
    scene: "API Gateway",
    target: api,
    exchanges: [answered(504, '{"message": "Endpoint request timed out"}', errorType("InternalServerErrorException"))],
    evidence: "Endpoint request timed out",
  },
  {
    code: "unexpected-status",
    scene: "a 500 of the application",
    target: plain,
    exchanges: [answered(500, '{"oops":true}', { signing: "unsigned" })],
    evidence: "Expected was 200.",
  },
  {
    code: "unexpected-body",
    scene: "another page",
    target: makeTarget("http", {
      requests: [
        {
          name: "main",
          method: "GET",
          path: "/orders/1",
          headers: {},
          body: null,
          expect: { statuses: [200], body: { kind: "contains", text: "order" }, headers: {} },
        },
      ],
    }),
    exchanges: [answered(200, "Welcome", { signing: "unsigned" })],
    evidence: 'does not contain "order"',
  },
  // connection
  {
    code: "stale-reuse-reset",
    scene: "RST on a kept socket",
    target: alb,
    exchanges: [
      answered(200, "ok", { signing: "unsigned" }),
      failed({ kind: "reset", phase: "wait" }, { connection: kept() }),
    ],
    evidence:
      "reset (RST) connection 1 without a byte of answer after 400 ms of silence; it had served 1 request before.",
  },
  {
    code: "stale-reuse-reset",
    scene: "FIN on a kept socket of a plain origin",
    target: plain,
    exchanges: [failed({ kind: "closed", phase: "wait" }, { connection: kept() })],
    evidence: "closed (FIN)",
  },
  {
    code: "stale-reuse-silent",
    scene: "silence on a kept socket",
    target: lambda,
    exchanges: [answered(200, "ok"), failed(timeout("wait"), { connection: kept() })],
    evidence: "while a request on a new connection was answered",
  },
  {
    code: "reuse-refused",
    scene: "Connection: close",
    target: lambda,
    exchanges: [
      makeExchange({ outcome: makeAnswer({ keptAlive: false }) }),
      makeExchange({ connection: makeConnection({ id: 2 }), sent: sent({ keptAfterMs: ms(100) }) }),
    ],
    evidence: "announced that it would close",
  },
  {
    code: "reuse-refused",
    scene: "an unannounced close at once",
    target: plain,
    exchanges: [
      answered(200, "", { signing: "unsigned" }),
      makeExchange({
        connection: makeConnection({ id: 2 }),
        sent: sent({ signing: "unsigned", keptAfterMs: ms(100) }),
      }),
    ],
    evidence: "closed the connection unannounced",
  },
  {
    code: "idle-shorter-than-expected",
    scene: "gone after 20 s where 60 s are usual",
    target: lattice,
    exchanges: [
      makeExchange(),
      makeExchange({ connection: makeConnection({ id: 2 }), sent: sent({ keptAfterMs: ms(20_000) }) }),
    ],
    evidence: "was gone after 20 s of silence; VPC Lattice service keeps it for 1 min",
  },
  {
    code: "connection-lifetime",
    scene: "ten minutes on Lattice",
    target: lattice,
    exchanges: [
      makeExchange(),
      failed({ kind: "closed", phase: "wait" }, { connection: kept({ ageMs: ms(600_000), requestsBefore: 900 }) }),
    ],
    evidence: "ended at an age of 10 min, after 900 earlier requests",
  },
  {
    code: "connection-lifetime",
    scene: "an hour on an ALB",
    target: alb,
    exchanges: [
      makeExchange({
        sent: sent({ signing: "unsigned" }),
        connection: kept({ ageMs: ms(3_600_500) }),
        outcome: makeAnswer({ keptAlive: false }),
      }),
      makeExchange({ sent: sent({ signing: "unsigned", keptAfterMs: ms(10) }), connection: makeConnection({ id: 2 }) }),
    ],
    evidence: "3600.5 s",
  },
  {
    code: "response-timeout",
    scene: "no first byte",
    target: lambda,
    exchanges: [failed(timeout("wait"), { connection: makeConnection() })],
    evidence: "GET /orders/1 at 10.0.1.10:443 got no answer within 5000 ms.",
  },
  {
    code: "response-timeout",
    scene: "a slow drip",
    target: alb,
    exchanges: [failed(timeout("receive"), { connection: makeConnection() })],
    evidence: "got no complete answer within",
  },
  {
    code: "response-truncated",
    scene: "an end inside the body",
    target: alb,
    exchanges: [
      failed(
        { kind: "truncated", expectedBytes: bytes(1000), receivedBytes: bytes(10) },
        { connection: makeConnection() },
      ),
    ],
    evidence: "ended after 10 B of 1000 B",
  },
  {
    code: "response-truncated",
    scene: "a new connection closed without an answer",
    target: lattice,
    exchanges: [failed({ kind: "closed", phase: "wait" }, { connection: makeConnection() })],
    evidence: "without a byte of answer",
  },
  {
    code: "protocol-error",
    scene: "not HTTP",
    target: plain,
    exchanges: [failed({ kind: "malformed", detail: "expected HTTP/" }, { connection: makeConnection() })],
    evidence: '"expected HTTP/"',
  },
  // client
  {
    code: "credentials-missing",
    scene: "no provider",
    target: lambda,
    exchanges: [failed({ kind: "credentials-missing", detail: "Could not load credentials from any providers" })],
    evidence: "any providers",
  },
  { code: "proxy-in-the-way", scene: "407", target: lambda, exchanges: [answered(407, "")], evidence: "407" },
  {
    code: "proxy-in-the-way",
    scene: "Via on a refusal",
    target: alb,
    exchanges: [answered(403, "<html>blocked</html>", { signing: "unsigned", headers: [["via", "1.1 squid01"]] })],
    evidence: "via: 1.1 squid01",
  },
  {
    code: "proxy-in-the-way",
    scene: "an inspecting issuer",
    target: lambda,
    exchanges: [
      {
        ...certificate("issuer", "SELF_SIGNED_CERT_IN_CHAIN"),
        tls: { ...tls, issuer: "CN=Zscaler Intermediate Root CA" },
      },
    ],
    evidence: "Zscaler",
  },
  {
    code: "file-limit",
    scene: "EMFILE",
    target: lambda,
    exchanges: [failed({ kind: "file-limit", code: "EMFILE" })],
    evidence: "EMFILE",
  },
  {
    code: "timeouts-inverted",
    scene: "a client in a hurry, and nothing asked",
    target: makeTarget("api-gateway", { timeouts: { ...noTimeouts, clientMs: ms(10_000) } }),
    exchanges: [],
    evidence: "The caller waits 10 s (by the config), and the front (Private API Gateway) waits 29 s (https://",
  },
  {
    code: "generator-saturated",
    scene: "a deadline that was noticed late",
    target: lambda,
    exchanges: [failed(timeout("wait"), { phases: { ...makeExchange().phases, totalMs: ms(36_000) } })],
    evidence: "took 36 s, though its deadline was 30 s",
  },
];
