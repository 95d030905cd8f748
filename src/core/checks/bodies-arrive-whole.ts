import { echoSwitch, parseEchoDigest } from "#core/events/echo.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import { noEcho } from "./ask/applies.ts";
import { asEcho, echoRequest } from "./ask/echo-request.ts";
import { askFor, usualSigning } from "./ask/step.ts";
import { type TestBody, testBodies, testBodyText } from "./ask/test-body.ts";
import type { Check } from "./check.ts";
import { failBy } from "./judge/fail-by.ts";
import { phaseMeasures } from "./judge/measures.ts";
import { list, said } from "./judge/say.ts";

const fitting = ({ echo }: Target): readonly TestBody[] =>
  echo === null ? [] : testBodies.filter((body) => body.bytes <= echo.requestBytesMax);

export const bodiesArriveWhole: Check = {
  id: "bodies-arrive-whole",
  group: "payload",
  title: "Request bodies of every size arrive unchanged",
  why: "Small requests pass where large ones hang (packets too big for the path), are refused (limits) or are changed (proxies).",
  needs: ["event-has-documented-form"],
  alone: false,
  notFor: noEcho,
  script: (target) =>
    fitting(target).map((body) =>
      askFor(body.label, {
        signing: usualSigning(target),
        request: echoRequest(target, { [echoSwitch.digest]: "1" }, testBodyText(body)),
      }),
    ),
  judge(exchanges, target) {
    if (exchanges.length === 0) return inconclusive("no body was sent");
    const lost = exchanges.flatMap((exchange) => {
      const how = departed(exchange);
      return how === null ? [] : [`the body of ${exchange.step} ${how}`];
    });
    const measures = { ...phaseMeasures(exchanges, "serviceMs"), bodies: exchanges.length };
    if (lost.length === 0) return pass(`${list(exchanges.map(({ step }) => step))} arrived whole`, measures);
    return failBy(exchanges, asEcho(target), { summary: list(lost, 3), otherwise: "unexpected-body", measures });
  },
};

/** How what arrived departs from what was sent; null when it does not. */
function departed(exchange: Exchange): string | null {
  const { outcome, step } = exchange;
  if (outcome.kind !== "answered") return said(exchange);
  const sent = testBodies.find(({ label }) => label === step);
  const arrived = parseEchoDigest(outcome.body);
  if (outcome.status !== 200 || arrived === null || sent === undefined) return `${said(exchange)} without a digest`;
  if (arrived.bytes !== sent.bytes) return `arrived as ${arrived.bytes} bytes`;
  return arrived.sha256 === sent.sha256 ? null : "arrived changed";
}
