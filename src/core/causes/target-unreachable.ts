import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import type { Cause } from "./cause.ts";
import { frontOf } from "./recognise/front.ts";
import { ownAnswers } from "./recognise/own-answer.ts";
import { complaints, type Reply, wasAnswered } from "./recognise/replies.ts";
import { saying } from "./recognise/saying.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";

export const targetUnreachable: Cause = {
  code: "target-unreachable",
  layer: "service",
  title: "The front cannot reach what stands behind it",
  explanation:
    "The way to the front is fine; behind it the connection to the target failed, or the permission to invoke the function is missing. The front's error says little: Lattice gives 500 or 502 and the reason only in its access log, API Gateway 500 or 503, a load balancer 502 or 504.",
  remedy: (target) =>
    byKind(target, {
      lattice:
        "Allow inbound traffic from the prefix list com.amazonaws.REGION.vpc-lattice on the target's port and health-check port in the target's security group (the client's group cannot be its source). Check the port and that the target listens. For a function, allow vpc-lattice.amazonaws.com to invoke it for this target group. failureReason in the access log tells TargetConnectionError from the others; a rule's fixed 500 looks the same.",
      alb: "Allow the load balancer's security group on the target's port, and check that the target listens there and keeps idle connections longer than the load balancer does. For a function, allow elasticloadbalancing.amazonaws.com to invoke it for this target group.",
      "api-gateway":
        "Allow apigateway.amazonaws.com to invoke the function for this API and stage, and check the integration: its URI, its VPC link, and that what it leads to is up.",
      "lambda-endpoint":
        "Look at the function's VPC configuration: ENINotReady, ENILimitReached and SubnetIPAddressLimitReached mean that it has no network interface to run with; errors named KMS… that its environment cannot be decrypted.",
      other: "Check that the server behind the gateway runs, and that the gateway may reach its port.",
    }),
  source: "https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html",
  trust: "doc",
  refines: ["unexpected-status"],
  recognise: (exchanges, target) =>
    sighting("likely", describe(usual(exchanges, target), target)) ??
    sighting("possible", describe(also(exchanges, target), target)),
};

function usual(exchanges: readonly Exchange[], target: Target): readonly Reply[] {
  // Where a function stands behind Lattice, its response is the likelier reason for a 502.
  const latticeStatuses = target.echo === null ? [500, 502] : [500];
  return [
    ...ownAnswers(exchanges, target, "lattice", ...latticeStatuses),
    ...ownAnswers(exchanges, target, "api-gateway", 500, 503),
    ...(frontOf(target) === "lambda-endpoint" ? saying(exchanges, target, { types: cannotRun }) : []),
    ...(frontOf(target) === null ? complaints(exchanges, target).filter(({ answer }) => answer.status === 502) : []),
  ];
}

const also = (exchanges: readonly Exchange[], target: Target): readonly Reply[] => [
  ...ownAnswers(exchanges, target, "alb", 502, 504),
  ...ownAnswers(exchanges, target, "lattice", 502, 503, 504),
];

const cannotRun = [
  "ENINotReadyException",
  "ENILimitReachedException",
  "EC2AccessDeniedException",
  "EC2ThrottledException",
  "EC2UnexpectedException",
  "SubnetIPAddressLimitReachedException",
  "KMSAccessDeniedException",
  "KMSDisabledException",
  "KMSInvalidStateException",
  "KMSNotFoundException",
  "InvalidRuntimeException",
  "InvalidZipFileException",
  "ResourceNotReadyException",
];

const describe = (found: readonly Reply[], target: Target): readonly string[] =>
  found.map((reply) => wasAnswered(reply, target));
