import { fact } from "#core/facts.ts";
import { kib, mib, seconds } from "#core/units.ts";
import { albHtml } from "./dialects/alb-html.ts";
import { echoForm } from "./echo.ts";
import { configureByUrl, namesSeveralZones } from "./place.ts";
import type { TargetKind } from "./target-kind.ts";

const guide = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application";
const attributes = `${guide}/edit-load-balancer-attributes.html`;
const lambdaTargets = `${guide}/lambda-functions.html`;
// A Lambda function's request and response JSON, each.
const lambdaLimit = mib(1);

/** An internal Application Load Balancer. It forwards signatures unread: who may pass is for the network and the target to say. */
export const alb: TargetKind = {
  kind: "alb",
  title: "Internal ALB",
  signingService: null,
  payload: "signed",
  presigned: null,
  authDefault: "none",
  authenticates: false,
  zonesExpected: true,
  privateRanges: [],
  timers: {
    // Reset by a byte of HTTP, not by TCP keep-alive or an h2 PING.
    idle: fact(seconds(60), "doc", attributes),
    idleEnd: fact("fin", "recalled", attributes),
    lifetime: fact(seconds(3600), "doc", attributes),
    // A target that stays silent for the idle timeout is given up with 504.
    request: fact(seconds(60), "doc", `${guide}/load-balancer-troubleshooting.html`),
  },
  limits: {
    requestBody: fact(lambdaLimit, "doc", lambdaTargets),
    responseBody: fact(lambdaLimit, "doc", lambdaTargets),
    requestHeaders: fact(kib(64), "doc", `${guide}/load-balancer-limits.html`),
  },
  events: ["alb", "alb-multi-value"],
  dialect: albHtml,
  fields: [
    {
      name: "url",
      type: "url",
      required: true,
      description:
        "The name on its certificate: no certificate can be had for the load balancer's own amazonaws.com name. A path in it is set before every request's path.",
      example: "https://orders.example.internal",
    },
  ],
  configure: ({ values, echo }) =>
    configureByUrl(values["url"], "elb", namesSeveralZones, echoForm(echo, "alb", lambdaLimit)),
};
