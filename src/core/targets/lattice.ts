import { fact } from "#core/facts.ts";
import { kib, mib, minutes, seconds } from "#core/units.ts";
import { latticeText } from "./dialects/lattice-text.ts";
import { echoForm } from "./echo.ts";
import { configureByUrl } from "./place.ts";
import type { TargetKind } from "./target-kind.ts";

const guide = "https://docs.aws.amazon.com/vpc-lattice/latest/ug";
const quotas = `${guide}/quotas.html`;
const lambdaTargets = `${guide}/lambda-functions.html`;
// A Lambda function's request body and response JSON, each.
const lambdaLimit = mib(6);

/** A service of VPC Lattice, reached through a VPC association or a service-network endpoint. */
export const lattice: TargetKind = {
  kind: "lattice",
  title: "VPC Lattice service",
  signingService: "vpc-lattice-svcs",
  // A signed payload is refused: https://docs.aws.amazon.com/vpc-lattice/latest/ug/sigv4-authenticated-requests.html
  payload: "unsigned",
  // Its page asks for the header x-amz-content-sha256 of every signed request, and says nothing of queries.
  presigned: fact(true, "recalled", `${guide}/sigv4-authenticated-requests.html`),
  authDefault: "iam",
  authenticates: true,
  // An association answers from a link-local address of the caller's own zone; only an endpoint has one per zone.
  zonesExpected: false,
  privateRanges: [
    // [code] observed answers of a VPC association, and the documentation's route example
    "169.254.171.0/24",
    // [recalled] the rest of the managed prefix lists; the documentation only says "non-routable public addresses"
    "fd00:ec2:80::/64",
    "129.224.0.0/17",
  ],
  timers: {
    // The default; a service can be given 60 to 600 s. Only requests reset it, not TCP keep-alive.
    idle: fact(seconds(60), "doc", quotas),
    idleEnd: fact("fin", "recalled", quotas),
    lifetime: fact(minutes(10), "doc", quotas),
    request: null,
  },
  limits: {
    requestBody: fact(lambdaLimit, "doc", lambdaTargets),
    responseBody: fact(lambdaLimit, "doc", lambdaTargets),
    requestHeaders: fact(kib(60), "doc", `${guide}/monitoring-access-logs.html`),
  },
  events: ["lattice-v1", "lattice-v2"],
  dialect: latticeText,
  fields: [
    {
      name: "url",
      type: "url",
      required: true,
      description:
        "The service's generated or custom domain name; its Region is read from a generated one. A path in it is set before every request's path.",
      example: "https://orders-0cfe1f49ff3266204.7d67968.vpc-lattice-svcs.eu-west-1.on.aws",
    },
  ],
  // A service-network endpoint has an address a zone; the association's answer is in the caller's zone.
  configure: ({ values, echo }) =>
    configureByUrl(
      values["url"],
      "vpc-lattice-svcs",
      ({ host }) => host.startsWith("vpce-"),
      echoForm(echo, "lattice-v1", lambdaLimit),
    ),
};
