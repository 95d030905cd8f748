import type { Exchange } from "#core/observations/exchange.ts";
import type { Step } from "#core/observations/step.ts";
import type { Target } from "#core/targets/target.ts";
import { ms, showMs } from "#core/units.ts";
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
  more: (exchanges, target) => (exchanges.length === 2 && exchanges.some(wasCutOff) ? askWithSilence(target) : []),
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
      const summary = `the second request ${where}${said(second)}${ofAnother(exchanges)}`;
      return failBy(exchanges, target, { summary, measures });
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

/** Long enough for a server's FIN to arrive that closes after its answer, and no idling. */
const silenceMs = ms(300);

/** A second request that was lost tells nothing yet: it may have crossed a close that was under way already. */
const wasCutOff = ({ connection, outcome }: Exchange): boolean =>
  connection?.reusedSocket === true &&
  outcome.kind === "failed" &&
  (outcome.failure.kind === "closed" || outcome.failure.kind === "reset");

function askWithSilence(target: Target): readonly Step[] {
  const signing = usualSigning(target);
  return [
    askFor("first, anew", { signing }),
    askFor("second, after a silence", { signing, socket: { kind: "kept", idleBeforeMs: silenceMs } }),
  ];
}

/** What became of the connection that was let be after its answer, as the end of a sentence. */
function ofAnother([, , anew, later]: readonly Exchange[]): string {
  if (anew?.outcome.kind !== "answered" || later === undefined) return "";
  if (later.connection?.reusedSocket !== true) return `; another was closed within ${showMs(silenceMs)} of its answer`;
  return later.outcome.kind === "answered" ? `; on another it ${said(later)} after ${showMs(silenceMs)}` : "";
}
