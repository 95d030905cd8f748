import type { Cause } from "./cause.ts";
import { endedIn } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";
import { place } from "./words/place.ts";

export const tcpReset: Cause = {
  code: "tcp-reset",
  layer: "tcp",
  title: "The connection is cut as soon as it is made",
  explanation:
    "The connection came about and was reset before a byte was written. That is seldom the service itself: a firewall or inspection appliance on the path does so, and so does an endpoint whose service has rejected or lost it.",
  remedy: (target) =>
    `Look for a firewall or inspection appliance on the path that resets what it does not allow. ${byKind(target, {
      "lambda-endpoint":
        "Check the endpoint's State and LastError (Rejected, Failed and Expired do this), and the RstPacketsReceived metric of AWS/PrivateLinkEndpoints.",
      "api-gateway":
        "Check the endpoint's State and LastError (Rejected, Failed and Expired do this), and the RstPacketsReceived metric of AWS/PrivateLinkEndpoints.",
      other: "Check the server's own limits on connections.",
    })}`,
  source: "https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-cloudwatch-metrics.html",
  trust: "recalled",
  refines: [],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      endedIn(exchanges, "connect").map(
        ({ exchange, failure }) =>
          `${place(exchange, target)} ${failure.kind === "reset" ? "reset (RST)" : "closed (FIN)"} the connection before a byte was written.`,
      ),
    ),
};
