import type { ReportedCheck, RunReport } from "#core/reporters/run-report.ts";

/** Text a hostile server might send: markup, terminal escapes, NUL, a bidirectional override, XML's forbidden characters. */
export const hostile =
  "<script>document.title='owned'</script><img src=x onerror=alert(1)>]]>\u001b[31mred\u001b[0m\u0000\u202eevil\ufffe `|*_@everyone";

export const makeCheck = (over: Partial<ReportedCheck> = {}): ReportedCheck => ({
  check: "name-resolves",
  group: "network",
  title: "The name resolves",
  target: "orders-lattice",
  verdict: "pass",
  summary: "resolves to 127.0.1.1 and 127.0.1.2",
  cause: null,
  measures: { dnsMs: 0.4 },
  elapsedMs: 1.25,
  ...over,
});

export const failedCheck = (over: Partial<ReportedCheck> = {}): ReportedCheck =>
  makeCheck({
    check: "signed-is-answered",
    group: "answer",
    title: "A signed request is answered",
    verdict: "fail",
    summary: "refused with 403",
    cause: {
      code: "denied-lattice-service-policy",
      title: "The service's auth policy does not allow the call",
      confidence: "certain",
      evidence: [
        "HTTP 403: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/app/session is not authorized",
      ],
      remedy: "Allow vpc-lattice-svcs:Invoke on the service's ARN followed by /*.",
      alternatives: ["denied-identity-policy"],
      source: "https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html",
    },
    measures: {},
    ...over,
  });

export const makeReport = (over: Partial<RunReport> = {}): RunReport => ({
  schema: "pathproof.report/1",
  command: "check",
  verdict: "fail",
  startedAt: "2026-11-23T10:00:00.000Z",
  elapsedMs: 2345.6,
  interrupted: false,
  vantage: {
    hostname: "bastion-1",
    node: "v20.20.2",
    os: "Linux 6.1.0 x64",
    pathproof: "0.1.0",
    region: "eu-west-1",
    az: null,
    instanceId: null,
    vpcId: null,
  },
  targets: [
    {
      id: "orders-lattice",
      kind: "lattice",
      origin: "https://orders-0abc.7d67968.vpc-lattice-svcs.eu-west-1.on.aws",
      auth: "iam",
    },
    { id: "orders-alb", kind: "alb", origin: "https://orders.example.internal", auth: "none" },
  ],
  checks: [
    makeCheck(),
    failedCheck(),
    makeCheck({
      check: "unsigned-is-refused",
      group: "auth",
      title: "An unsigned request is refused",
      verdict: "skipped",
      summary: "not asked, because signed-is-answered did not pass",
    }),
    makeCheck({ target: "orders-alb" }),
    makeCheck({
      target: "orders-alb",
      check: "open-is-answered",
      group: "answer",
      title: "A plain request gets through",
      summary: "the plain request was answered 200",
      measures: { connectMs: 0.4, tlsMs: 3.1, sendMs: 0.05, waitMs: 12.4, receiveMs: 0.2, serviceMs: 12.65 },
    }),
    makeCheck({
      target: "orders-alb",
      check: "connection-is-reused",
      group: "connection",
      title: "A connection is reused",
      verdict: "inconclusive",
      summary: "the first request got no answer",
    }),
  ],
  loads: [],
  thresholds: [],
  comparison: null,
  ...over,
});

/** The same with hostile text in every field that comes from a wire or a config. */
export const hostileReport = (): RunReport => {
  const report = makeReport();
  return {
    ...report,
    vantage: { ...report.vantage, hostname: hostile },
    targets: report.targets.map((target) => ({ ...target, origin: `https://${hostile}` })),
    checks: report.checks.map((check) => ({
      ...check,
      summary: hostile,
      cause: check.cause && { ...check.cause, evidence: [hostile, hostile], source: `javascript:alert("${hostile}")` },
    })),
  };
};
