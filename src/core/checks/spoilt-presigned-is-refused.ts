import { diagnose } from "#core/causes/diagnose.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { inconclusive, pass, type Verdict } from "#core/verdicts/verdict.ts";
import { noRefusals } from "./ask/applies.ts";
import { askFor } from "./ask/step.ts";
import type { Check, Means } from "./check.ts";
import { failBy } from "./judge/fail-by.ts";
import { statusMeasure } from "./judge/measures.ts";
import { list, said } from "./judge/say.ts";

const rightly = "presigned";

/** Each wrong in one way, by the causes that it should be refused for; the first is the very reason. */
const spoilt = [
  { signing: "presigned-expired", wrong: "that has expired", reasons: ["auth-clock-skew"] },
  { signing: "presigned-other-service", wrong: "for another service", reasons: ["auth-wrong-service"] },
  {
    signing: "presigned-without-token",
    wrong: "without its session token",
    reasons: ["auth-unknown-key", "auth-token-expired", "auth-signature-mismatch"],
  },
] as const;

export const spoiltPresignedIsRefused: Check = {
  id: "spoilt-presigned-is-refused",
  group: "auth",
  title: "A presigned request that is spoilt is refused",
  why: "A signature in the query can be handed on, and lands in logs and histories: that it ends, and opens nothing else, is all that protects it. Whether signatures in the query are taken at all is found out first.",
  needs: ["signed-is-answered", "unsigned-is-refused"],
  alone: false,
  notFor: (target) =>
    noRefusals(target) ??
    (target.requests[0].expect.denied === undefined ? null : "its main request is meant to be refused"),
  script: () => [askFor(rightly, { signing: rightly })],
  more: ([only, ...others], _, means) => (others.length === 0 && isTaken(only) ? spoiltSteps(means) : []),
  judge([control, ...others], target) {
    if (control === undefined) return inconclusive("no presigned request was sent");
    return isTaken(control) ? judgeSpoilt(others, target) : judgeNotTaken(control, target);
  },
};

const isTaken = (exchange: Exchange | undefined): boolean =>
  exchange?.outcome.kind === "answered" && exchange.outcome.status < 400;

const spoiltSteps = ({ credentials }: Means) =>
  spoilt
    .filter(({ signing }) => signing !== "presigned-without-token" || credentials === "temporary")
    .map(({ signing }) => askFor(signing, { signing }));

const refusals: readonly number[] = [400, 401, 403];

/** Where nothing is taken that is signed in its query, nothing spoilt is. */
function judgeNotTaken(control: Exchange, target: Target): Verdict {
  const [cause = null] = diagnose([control], target);
  const summary = `a request rightly signed in its query ${said(control)}`;
  const measures = statusMeasure(control);
  const refused = control.outcome.kind === "answered" && refusals.includes(control.outcome.status);
  // Then one is read, and why it does not fit is not known.
  if (!refused || cause === null || cause.code === "auth-signature-mismatch")
    return inconclusive(`${summary}: whether it is taken is not known`, cause, measures);
  return pass(`${summary}: no signature in the query is taken`, { ...measures, refusedAs: cause.code });
}

function judgeSpoilt(exchanges: readonly Exchange[], target: Target): Verdict {
  const all = exchanges.flatMap((exchange) => {
    const one = spoilt.find(({ signing }) => signing === exchange.sent.signing);
    return one === undefined ? [] : [{ exchange, ...one, codes: diagnose([exchange], target).map(({ code }) => code) }];
  });
  const [first] = all;
  if (first === undefined) return inconclusive("signatures in the query are taken, and no spoilt one was sent");
  const says = (found: typeof all): string =>
    `a presigned request ${list(found.map(({ exchange, wrong }) => `${wrong} ${said(exchange)}`))}`;
  const open = all.filter(({ exchange }) => isTaken(exchange));
  if (open[0] !== undefined) {
    const measures = statusMeasure(open[0].exchange);
    return failBy(
      open.map(({ exchange }) => exchange),
      target,
      { summary: says(open), otherwise: "open-to-unsigned", measures },
    );
  }
  const measures = statusMeasure(first.exchange);
  const unclear = all.filter(({ codes, reasons }) => !reasons.some((reason) => codes.includes(reason)));
  if (unclear[0] !== undefined) {
    const [cause = null] = diagnose([unclear[0].exchange], target);
    return inconclusive(`${says(unclear)}, not for what is wrong with it`, cause, measures);
  }
  const refusedAs = first.reasons[0];
  return pass(`signatures in the query are taken, and refused ${list(all.map(({ wrong }) => short[wrong]))}`, {
    ...measures,
    refusedAs,
  });
}

const short = {
  "that has expired": "once they have expired",
  "for another service": "for another service",
  "without its session token": "without their session token",
} as const;
