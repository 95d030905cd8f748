import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { showBytes } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { endedIn, failedWith, onReusedSocket } from "./recognise/failed.ts";
import { complaints, type Reply, replies, wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";
import { place, request } from "./words/place.ts";

/** Beyond what a signed request with a session token needs. */
const manyBytes = 4096;

export const headersTooLarge: Cause = {
  code: "headers-too-large",
  layer: "service",
  title: "The headers are larger than the path carries",
  explanation:
    "Fronts limit request line and headers together, and private APIs to as little as 8000 bytes; session tokens, cookies and JSON web tokens fill that quickly. Most answer a bare 400 that says nothing of size, so it is recognised by how much was sent.",
  remedy: (target) =>
    byKind(target, {
      "api-gateway":
        "Keep all headers together under 8000 bytes, which is the limit of a private API, and the URL under 8192 characters.",
      lattice: "Keep all headers together under 60 KB and under 100 in number.",
      alb: "Keep the request line and each header under 16 KB, and all together under 64 KB.",
      "lambda-endpoint":
        "Keep request line and headers together under 1 MiB, and X-Amz-Client-Context under 3583 bytes.",
      other: "Send fewer or shorter headers (cookies and tokens first), or raise the server's limit.",
    }),
  source:
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html",
  trust: "doc",
  refines: ["response-truncated", "unexpected-status"],
  recognise(exchanges, target) {
    const all = complaints(exchanges, target);
    const said = all.filter(
      ({ answer, said }) =>
        tooLargeStatuses.includes(answer.status) || (answer.status >= 400 && tooLargeText.test(said.message)),
    );
    const bare = all.filter(({ answer, exchange }) => answer.status === 400 && isLarge(exchange, exchanges));
    const cutOff = endedIn(exchanges, "send", "wait").filter(
      (one) =>
        !onReusedSocket(one) && one.exchange.sent.headerBytes >= manyBytes && answeredWithLess(one.exchange, exchanges),
    );
    return (
      sighting("certain", [...said.map((reply) => withSize(reply, target)), ...answersTooLarge(exchanges, target)]) ??
      sighting("likely", [
        ...bare.map((reply) => withSize(reply, target)),
        ...cutOff.map(
          ({ exchange }) =>
            `${place(exchange, target)} ended the connection on a request with headers of ${showBytes(exchange.sent.headerBytes)}, and answered one with fewer.`,
        ),
      ])
    );
  },
};

// 494 is nginx's, 414 the request line's.
const tooLargeStatuses: readonly number[] = [414, 431, 494];
const tooLargeText = /headers? (?:are |is |or cookie |fields? )*too (?:large|long|big)/i;

const isLarge = (exchange: Exchange, exchanges: readonly Exchange[]): boolean =>
  exchange.sent.headerBytes >= manyBytes || answeredWithLess(exchange, exchanges);

/** Whether the same script had an answer to a request with half the headers or less. */
const answeredWithLess = ({ sent }: Exchange, exchanges: readonly Exchange[]): boolean =>
  replies(exchanges).some(
    ({ exchange, answer }) => answer.status < 400 && exchange.sent.headerBytes * 2 <= sent.headerBytes,
  );

const withSize = (reply: Reply, target: Target): string =>
  `${wasAnswered(reply, target)} Its request line and headers had ${showBytes(reply.exchange.sent.headerBytes)}.`;

const answersTooLarge = (exchanges: readonly Exchange[], target: Target): readonly string[] =>
  failedWith(exchanges, "answer-too-large")
    .filter(({ failure }) => failure.part === "headers")
    .map(
      ({ exchange, failure }) =>
        `The headers of the answer to ${request(exchange)} from ${place(exchange, target)} are larger than the ${showBytes(failure.limitBytes)} that pathproof reads.`,
    );
