import type { Diagnosis } from "#core/causes/cause.ts";
import { diagnose } from "#core/causes/diagnose.ts";
import { nameCause } from "#core/causes/name-cause.ts";
import { namePart } from "#core/causes/words/timeout-part.ts";
import { echoSwitch, parseEchoMarks } from "#core/events/echo.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Step } from "#core/observations/step.ts";
import type { Target } from "#core/targets/target.ts";
import { cutterOf, type Rung } from "#core/targets/timeout-ladder.ts";
import { type Ms, ms, showMs } from "#core/units.ts";
import { inconclusive, type Measures, pass, type Verdict } from "#core/verdicts/verdict.ts";
import { noEcho } from "./ask/applies.ts";
import { asEcho, echoRequest, type Wanted } from "./ask/echo-request.ts";
import { askFor, usualSigning } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { failBy, failWith } from "./judge/fail-by.ts";
import { rounded } from "./judge/measures.ts";
import { said } from "./judge/say.ts";

export const timeoutsCutAsDeclared: Check = {
  id: "timeouts-cut-as-declared",
  group: "timeouts",
  title: "A slow answer is cut off where it is said to be",
  why: "Whoever cuts off first decides what callers see of a slow answer: a 504 in whose words, a 200 that hides an error, or silence; and whether the work goes on for nobody. It waits for the real timers, so it is asked only by name: `--only timeouts`.",
  needs: ["event-has-documented-form"],
  alone: false,
  onRequest: true,
  notFor: (target) =>
    noEcho(target) ??
    (cutterOf(target) === null ? "nothing says how long it waits for what stands behind it (`timeouts`)" : null),
  script(target) {
    const cutter = cutterOf(target);
    return cutter === null ? [] : scriptAround(cutter, target);
  },
  judge(exchanges, target) {
    const cutter = cutterOf(target);
    const [below, before, above, after] = exchanges;
    if (cutter === null || below === undefined || above === undefined)
      return inconclusive("not every request was sent");
    return judgeAround(cutter, target, { below, above, wentOn: wentOn(before, after) });
  },
};

/** Nearer to the timer than any two timeouts of a ladder should be, and farther than a busy machine is late. */
const nearness = 0.1;
/** Beyond the moment at which an answer is due, for it to come at all. */
const graceMs = 10_000;

const lateMsOf = (waitsMs: Ms): number => Math.ceil(waitsMs + waitsMs * nearness);
const patienceMs = (waitsMs: Ms): Ms => ms(lateMsOf(waitsMs) + graceMs);

function scriptAround({ waitsMs }: Rung, target: Target): readonly Step[] {
  const [soonMs, lateMs] = [Math.floor(waitsMs - waitsMs * nearness), lateMsOf(waitsMs)];
  const mark = `${target.id}-late`;
  const ask = (label: string, wanted: Wanted, over: Partial<Step> = {}): Step =>
    askFor(label, { signing: usualSigning(target), request: echoRequest(target, wanted), ...over });
  const patient = { patienceMs: patienceMs(waitsMs) };
  return [
    ask("just below", { [echoSwitch.delay]: String(soonMs) }, patient),
    ask("marks before", { [echoSwitch.marked]: mark }),
    ask("just above", { [echoSwitch.delay]: String(lateMs), [echoSwitch.mark]: mark }, patient),
    // By then a function that goes on has come to its end.
    ask(
      "marks after",
      { [echoSwitch.marked]: mark },
      { socket: { kind: "kept", idleBeforeMs: ms(2 * (lateMs - waitsMs) + 500) } },
    ),
  ];
}

type WentOn = "yes" | "no" | "not known";

/** Whether the function came to its end after nobody waited for it: known where one instance answered both times. */
function wentOn(before: Exchange | undefined, after: Exchange | undefined): WentOn {
  const [first, second] = [marksIn(before), marksIn(after)];
  if (first === null || second === null || first.instance !== second.instance) return "not known";
  return second.marked > first.marked ? "yes" : "no";
}

const marksIn = (exchange: Exchange | undefined) =>
  exchange?.outcome.kind === "answered" ? parseEchoMarks(exchange.outcome.body) : null;

interface Around {
  readonly below: Exchange;
  readonly above: Exchange;
  readonly wentOn: WentOn;
}

function judgeAround(cutter: Rung, target: Target, { below, above, wentOn }: Around): Verdict {
  const { waitsMs } = cutter;
  const tookMs = (exchange: Exchange): number => rounded(exchange.phases.serviceMs ?? exchange.phases.totalMs);
  const measures: Measures = {
    declaredMs: waitsMs,
    cutAfterMs: tookMs(above),
    ...(above.outcome.kind === "answered" ? { status: above.outcome.status } : {}),
    functionWentOn: wentOn,
  };
  const where = `${namePart(cutter, target)} is said to give up after ${showMs(waitsMs)}`;
  const patient = asPatient(target, patienceMs(waitsMs));
  const soon = diagnose([below], patient);
  if (soon.length > 0 || below.outcome.kind !== "answered") {
    const summary = `an answer due after ${showMs(waitsMs * (1 - nearness))} ${said(below)} after ${showMs(tookMs(below))}, though ${where}`;
    return notAsDeclared(summary, soon, target, measures);
  }
  const late = diagnose([above], patient);
  if (late.length === 0 && above.outcome.kind === "answered") {
    const summary = `an answer that took ${showMs(tookMs(above))} came through, though ${where}`;
    return notAsDeclared(summary, [], target, measures);
  }
  const cut = `one due after ${showMs(waitsMs * (1 + nearness))} ${said(above)} after ${showMs(tookMs(above))}`;
  // Silence: nobody gave up but we.
  if (above.outcome.kind !== "answered") return failBy([above], patient, { summary: `${cut}: ${where}`, measures });
  // A front has one word for several causes.
  const codes = late.slice(0, 3).map(({ code }) => code);
  const came = `an answer after ${showMs(tookMs(below))} came through`;
  return pass(`${came}; ${cut} (${codes.join(" or ")}); ${words[wentOn]}`, measures);
}

/** As the echo function answers it to who waits so long. */
function asPatient(target: Target, waitMs: Ms): Target {
  const { firstByteMs, totalMs, ...others } = target.deadlines;
  const longer = (deadlineMs: Ms): Ms => ms(Math.max(deadlineMs, waitMs));
  return { ...asEcho(target), deadlines: { ...others, firstByteMs: longer(firstByteMs), totalMs: longer(totalMs) } };
}

const words = {
  yes: "the function went on and finished for nobody",
  no: "the function did not finish",
  "not known": "whether the function went on is not known",
} as const satisfies Record<WentOn, string>;

function notAsDeclared(summary: string, seen: readonly Diagnosis[], target: Target, measures: Measures): Verdict {
  const sighting = { confidence: "certain", evidence: [`${upperFirst(summary)}.`] } as const;
  const code = "timeout-not-as-declared";
  const others = seen.flatMap((one) => (one.code === code ? [] : [one.code]));
  return failWith(nameCause(code, sighting, target, others), { summary, measures });
}

const upperFirst = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
