import { namePart } from "#core/causes/words/timeout-part.ts";
import type { Target } from "#core/targets/target.ts";
import { type Inversion, inversionsIn, timeoutLadder } from "#core/targets/timeout-ladder.ts";
import { showMs } from "#core/units.ts";
import { pass } from "#core/verdicts/verdict.ts";
import type { Check } from "./check.ts";
import { failBy } from "./judge/fail-by.ts";

export const timeoutsAreOrdered: Check = {
  id: "timeouts-are-ordered",
  group: "timeouts",
  title: "Whoever waits, waits longer than what stands behind",
  why: "A caller that gives up before the front, or a front before the function, leaves work running that nobody hears of, and its retry runs it twice. Nothing is sent: it reads the config's `timeouts` and what is published of the kind.",
  needs: [],
  alone: false,
  notFor(target) {
    const ladder = timeoutLadder(target);
    if (ladder.every(({ published }) => published !== null)) return "its config declares no timeouts";
    return ladder.length < 2 ? "only one timeout of its path is known" : null;
  },
  script: () => [],
  judge(_exchanges, target) {
    const ladder = timeoutLadder(target);
    const measures = Object.fromEntries(ladder.map(({ part, waitsMs }) => [`${part}TimeoutMs`, waitsMs]));
    const inversions = inversionsIn(target);
    if (inversions.length === 0) {
      const steps = ladder.map((rung) => `${namePart(rung, target)} ${showMs(rung.waitsMs)}`);
      return pass(`each waits longer than what stands behind: ${steps.join(", ")}`, measures);
    }
    const summary = inversions.map((one) => sayBriefly(one, target)).join("; ");
    return failBy([], target, { summary, otherwise: "timeouts-inverted", measures });
  },
};

const sayBriefly = ({ outer, inner, innerMs }: Inversion, target: Target): string =>
  `${namePart(outer, target)} gives up after ${showMs(outer.waitsMs)} while ${namePart(inner, target)} may go on for ${showMs(innerMs)}`;
