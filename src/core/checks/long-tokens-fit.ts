import type { Target } from "#core/targets/target.ts";
import { kib, showBytes } from "#core/units.ts";
import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import { askFor, toSend } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { failBy } from "./judge/fail-by.ts";
import { phaseMeasures } from "./judge/measures.ts";
import { said } from "./judge/say.ts";
import { hindrances } from "./judge/through.ts";

/**
 * What a token may well have: STS promises no largest size, and tokens grow with session tags and session policies.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
const tokenBytes = kib(4);
const name = "x-pathproof-token-room";

const limitOf = ({ kind }: Target) => kind.limits.requestHeaders?.value ?? null;

export const longTokensFit: Check = {
  id: "long-tokens-fit",
  group: "auth",
  title: "A signed request leaves room for a long session token",
  why: "A session token counts among the headers, and a private API takes 8000 bytes of them: callers whose sessions carry tags or policies are refused with a bare 400 while all others pass.",
  needs: ["signed-is-answered"],
  alone: false,
  notFor(target) {
    if (target.auth === "none") return "nothing is signed (`auth: none`)";
    return limitOf(target) === null ? "how many headers this kind of way in takes is not known" : null;
  },
  script(target) {
    const request = toSend(target.requests[0]);
    return [
      askFor("usual"),
      askFor("long token", {
        request: { ...request, headers: { ...request.headers, [name]: "t".repeat(tokenBytes) } },
      }),
    ];
  },
  judge(exchanges, target) {
    const [usual, long] = exchanges;
    if (usual === undefined || long === undefined) return inconclusive("the request was not sent");
    const limit = limitOf(target) ?? 0;
    const measures = {
      ...phaseMeasures([long], "serviceMs"),
      headerBytes: usual.sent.headerBytes,
      headerBytesLeft: Math.max(0, limit - usual.sent.headerBytes),
    };
    const summary = `a signed request with ${showBytes(long.sent.headerBytes)} of headers, as with a token of ${showBytes(tokenBytes)} more, ${said(long)}`;
    const same =
      usual.outcome.kind === "answered" &&
      long.outcome.kind === "answered" &&
      usual.outcome.status === long.outcome.status;
    if (same && hindrances([long], target).length === 0)
      return pass(
        `${summary}; ${showBytes(measures.headerBytesLeft)} of ${showBytes(limit)} are left beside the usual ones`,
        measures,
      );
    return failBy(exchanges, target, { summary, otherwise: "headers-too-large", measures });
  },
};
