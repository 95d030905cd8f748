import { type Exchange, header } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { type Front, frontOf } from "./front.ts";
import { complaints, type Reply } from "./replies.ts";

/** Unwanted answers with one of these statuses that the front seems to have given itself, not what stands behind it. */
export const ownAnswers = (
  exchanges: readonly Exchange[],
  target: Target,
  front: Front,
  ...statuses: readonly number[]
): readonly Reply[] =>
  frontOf(target) === front
    ? complaints(exchanges, target).filter((reply) => statuses.includes(reply.answer.status) && looksOwn[front](reply))
    : [];

const looksOwn: Record<Front, (reply: Reply) => boolean> = {
  "lambda-endpoint": ({ answer }) => header(answer, "x-amzn-errortype") !== null,
  // Its own bodies are nowhere described; a function's answers seldom are empty or a bare reason phrase.
  lattice: ({ answer }) => answer.body.trim().length < 64 && !/[{[<]/.test(answer.body),
  "api-gateway": ({ answer, said }) =>
    header(answer, "x-amzn-errortype") !== null ||
    /^(internal server error|service unavailable|endpoint request timed out)$/i.test(said.message.trim()),
  // On a target's answer the load balancer leaves the target's own Server header.
  alb: ({ answer }) => header(answer, "server")?.startsWith("awselb/") === true,
};
