import type { SavedRun } from "#core/observations/saved-run.ts";
import { type LoadEnd, readLoadEnd } from "#core/plan/saved-load.ts";
import { unknownMachine } from "#core/statistics/saturation.ts";
import { packing } from "./load/packing.ts";
import { readVantage } from "./vantage.ts";

/** Of a run that was killed: the last line is missing. */
const endless: LoadEnd = {
  complete: false,
  reasons: ["the run did not come to its end"],
  notes: ["The run did not come to its end: this is what had been saved until then."],
  ...unknownMachine,
  endedEarly: null,
};

/** What the first and the last line of a load's or a comparison's observations say around what was measured. */
export const savedFrame = ({ start, end }: Extract<SavedRun, { kind: "run" }>) => ({
  end: readLoadEnd(end?.load) ?? endless,
  vantage: { ...readVantage({}), ...start.vantage },
  startedAt: start.startedAt,
  elapsedMs: end?.elapsedMs ?? 0,
  interrupted: end?.interrupted ?? true,
  pack: packing.pack,
});
