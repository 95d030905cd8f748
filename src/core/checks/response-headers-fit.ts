import { echoHeaderPrefix, echoSwitch } from "#core/events/echo.ts";
import { kib, showBytes } from "#core/units.ts";
import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import { noEcho } from "./ask/applies.ts";
import { asEcho, echoRequest } from "./ask/echo-request.ts";
import { askFor, usualSigning } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { failBy } from "./judge/fail-by.ts";
import { phaseMeasures } from "./judge/measures.ts";
import { said } from "./judge/say.ts";

const wantedBytes = kib(4);

export const responseHeadersFit: Check = {
  id: "response-headers-fit",
  group: "payload",
  title: "A few KiB of response headers come back whole",
  why: "Cookies and security headers add up; what stands between may drop headers or refuse the whole answer.",
  needs: ["event-has-documented-form"],
  alone: false,
  notFor: (target) =>
    noEcho(target) ??
    (target.echo?.event === "direct" ? "a function that is invoked directly sets no response headers" : null),
  script: (target) => [
    askFor("response headers", {
      signing: usualSigning(target),
      request: echoRequest(target, { [echoSwitch.headers]: String(wantedBytes) }),
    }),
  ],
  judge(exchanges, target) {
    const [only] = exchanges;
    if (only === undefined) return inconclusive("the request was not sent");
    const measures = phaseMeasures([only], "serviceMs");
    const blame = { otherwise: "headers-too-large", measures };
    const asked = `a request for ${showBytes(wantedBytes)} of response headers ${said(only)}`;
    if (only.outcome.kind !== "answered" || only.outcome.status >= 400)
      return failBy(exchanges, asEcho(target), { ...blame, summary: asked });
    const came = only.outcome.headers
      .filter(([name]) => name.startsWith(echoHeaderPrefix))
      .reduce((sum, [, value]) => sum + value.length, 0);
    if (came === wantedBytes) return pass(`${showBytes(came)} of response headers came back`, measures);
    return failBy(exchanges, asEcho(target), { ...blame, summary: `${asked} with ${showBytes(came)} of them` });
  },
};
