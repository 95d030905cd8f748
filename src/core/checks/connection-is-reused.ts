import { ms } from "#core/units.ts";
import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import { askFor, usualSigning } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { failBy } from "./judge/fail-by.ts";
import { phaseMeasures } from "./judge/measures.ts";
import { said } from "./judge/say.ts";

export const connectionIsReused: Check = {
  id: "connection-is-reused",
  group: "connection",
  title: "A connection serves a second request",
  why: "A path that closes after every answer pays for TCP and TLS each time; one that drops the second request makes clients fail at random.",
  needs: ["signed-is-answered", "open-is-answered"],
  alone: true,
  notFor: () => null,
  script(target) {
    const signing = usualSigning(target);
    return [askFor("first", { signing }), askFor("second", { signing, socket: { kind: "kept", idleBeforeMs: ms(0) } })];
  },
  judge(exchanges, target) {
    const [first, second] = exchanges;
    if (first === undefined || second === undefined) return inconclusive("not both requests were sent");
    if (first.outcome.kind !== "answered") {
      const summary = `the first request ${said(first)}, so there was no connection to keep`;
      return failBy([first], target, { summary });
    }
    const measures = phaseMeasures([second], "serviceMs");
    const reused = second.connection?.reusedSocket === true;
    if (second.outcome.kind !== "answered") {
      const where = reused ? "on the same connection " : "";
      return failBy(exchanges, target, { summary: `the second request ${where}${said(second)}`, measures });
    }
    if (reused) return pass(`the second request ${said(second)} on the same connection`, measures);
    const closed = first.outcome.keptAlive ? "it was closed unannounced" : "the first answer announced its close";
    return failBy(exchanges, target, {
      summary: `the second request needed a new connection: ${closed}`,
      otherwise: "reuse-refused",
      measures,
    });
  },
};
