import { type Exchange, header } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import type { Cause } from "./cause.ts";
import { meantToPass } from "./recognise/expectation.ts";
import { type Reply, replies, wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";

export const openToUnsigned: Cause = {
  code: "open-to-unsigned",
  layer: "policy",
  title: "Requests without a valid signature are let in",
  explanation:
    "The target should admit only callers with a valid signature, and a request that was unsigned, or signed wrongly on purpose, was answered like any other. Everyone who can reach the address can use it.",
  remedy: (target) =>
    byKind(target, {
      lattice:
        'Set the service\'s auth type to AWS_IAM (with NONE its policy is ignored), and exclude anonymous callers in the auth policy: StringNotEquals {"aws:PrincipalType": "Anonymous"}, or name the principals.',
      "api-gateway":
        "Set the method's authorization to AWS_IAM and redeploy the stage; a resource policy alone admits everyone who comes by the endpoint.",
      alb: "An Application Load Balancer does not verify SigV4 signatures: it forwards them unread. Verify them in what stands behind it, use another authorization, or set `auth: none` for this target if the network alone is to decide.",
      other: "Make the server verify signatures, or set `auth: none` for this target if it is meant to be open.",
    }),
  source: "https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html",
  trust: "doc",
  refines: ["unexpected-body", "unexpected-status"],
  recognise(exchanges, target) {
    if (target.auth !== "iam") return null;
    const strangers = replies(exchanges).filter(
      ({ exchange }) => !meantToPass(exchange, target) && refusable(exchange),
    );
    return (
      sighting("certain", describe(strangers.filter(letIn), target)) ??
      sighting("likely", describe(strangers.filter(notRefused), target))
    );
  },
};

// A signed payload where none is wanted is still a valid signature, and so is one in the query.
const refusable = ({ sent: { signing } }: Exchange): boolean => signing !== "signed-payload" && signing !== "presigned";

const letIn = ({ answer }: Reply): boolean => answer.status < 300 || header(answer, "x-amz-function-error") !== null;

// What a front says for reasons of its own, before it looks at a signature; 5xx may be such a reason too.
const beforeAuth: readonly number[] = [400, 401, 403, 404, 405, 407, 408, 413, 414, 421, 426, 429, 431];

const notRefused = ({ answer }: Reply): boolean => answer.status < 500 && !beforeAuth.includes(answer.status);

const describe = (found: readonly Reply[], target: Target): readonly string[] =>
  found.map((reply) => `${wasAnswered(reply, target)} It was sent ${sentHow[reply.exchange.sent.signing]}.`);

const sentHow: Record<Exchange["sent"]["signing"], string> = {
  unsigned: "unsigned",
  correct: "signed",
  "wrong-service": "signed for another service",
  "wrong-region": "signed for another Region",
  "skewed-clock": "with a signature whose time is far off",
  "early-clock": "with a signature whose time is yet to come",
  "other-host": "with a signature made for another host",
  "other-body": "with a signature made for another body",
  tampered: "with a signature that does not fit it",
  "unknown-key": "signed with a key that does not exist",
  "missing-token": "without the session token of its credentials",
  "ended-session": "with credentials whose session has ended",
  "signed-payload": "with a signed payload",
  presigned: "signed in its query",
  "presigned-expired": "with a signature in its query that has expired",
  "presigned-other-service": "with a signature in its query that is for another service",
  "presigned-without-token": "with a signature in its query and no session token",
};
