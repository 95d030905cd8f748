import type { Cause } from "./cause.ts";
import { endedIn, onReusedSocket } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";
import { place, request } from "./words/place.ts";

export const tcpReset: Cause = {
  code: "tcp-reset",
  layer: "tcp",
  title: "The connection is reset before any answer",
  explanation:
    "The connection came about and was reset before a byte was written, or as soon as the first request was. That is seldom the service itself: a firewall or inspection appliance on the path does so, and so does an endpoint whose service has rejected or lost it. A server that crashes at the request looks the same.",
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
  refines: ["response-truncated"],
  recognise: (exchanges, target) =>
    sighting("certain", [
      ...endedIn(exchanges, "connect").map(
        ({ exchange, failure }) =>
          `${place(exchange, target)} ${failure.kind === "reset" ? "reset (RST)" : "closed (FIN)"} the connection before a byte was written.`,
      ),
      // A FIN there is a server's, in good order: what stands behind the path ended it.
      ...endedIn(exchanges, "send", "wait")
        .filter((one) => one.failure.kind === "reset" && !onReusedSocket(one))
        .map(
          ({ exchange }) =>
            `${place(exchange, target)} reset (RST) a new connection at its first request, ${request(exchange)}, without a byte of answer.`,
        ),
    ]),
};
