import { showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { timedOutIn } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";
import { andItsTcp } from "./words/peer-tcp.ts";
import { place, request } from "./words/place.ts";

export const responseTimeout: Cause = {
  code: "response-timeout",
  layer: "connection",
  title: "The answer did not come in time",
  explanation:
    "The connection stood and the request went out, and the deadline passed before the answer, or its end, was there. Network and TLS are right. Mostly what stands behind the path is slow, or waits itself for something it cannot reach.",
  remedy: (target) =>
    `${byKind(target, {
      "lambda-endpoint":
        "Look in the function's log whether it ran, and for how long. If it finished while no answer came, the call was silent for more than 350 s and the endpoint forgot the connection: turn TCP keep-alive on, or invoke asynchronously.",
      lattice:
        "Look in Lattice's access log for responseFromTargetDuration and failureReason, and in the target's log for the request id.",
      alb: "Look in the load balancer's access log: 460 means that it was this client that gave up, and the times say where the wait was.",
      other: "Look in the log of what stands behind the path whether the request arrived, and what it waited for.",
    })} If the answer may take that long, raise \`deadlines\` (firstByte, total) of this target.`,
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html",
  trust: "ran",
  refines: [],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      timedOutIn(exchanges, "send", "wait", "receive").map(
        ({ exchange, failure }) =>
          `${request(exchange)} at ${place(exchange, target)} ${missing[failure.phase]} within ${showMs(failure.afterMs)}${andItsTcp(failure.peerTcp)}.`,
      ),
    ),
};

const missing: Readonly<Record<string, string>> = {
  send: "could not be sent in full",
  wait: "got no answer",
  receive: "got no complete answer",
};
