import { failedRequests } from "../load-tally.ts";
import { showShare } from "../show-number.ts";
import { factsOf, type RunSideParts } from "./comparable-run.ts";
import type { ReportedAcrossPair, ReportedDifferingFact } from "./reported-across.ts";

/** Facts that all sides know and in which they are not alike. */
export function differingFacts(sides: readonly RunSideParts[]): readonly ReportedDifferingFact[] {
  const bySide = sides.map(({ runs }) => runs.map(factsOf));
  const names = new Set(bySide.flat().flatMap((facts) => [...facts.keys()]));
  return [...names].flatMap((fact) => {
    const values = bySide.map((runs) => [...new Set(runs.flatMap((facts) => facts.get(fact) ?? []))].join(", "));
    return values.some((value) => value === "") || new Set(values).size === 1 ? [] : [{ fact, values }];
  });
}

/** What a reader must know before believing a number. */
export function acrossWarnings(
  sides: readonly RunSideParts[],
  pairs: readonly ReportedAcrossPair[],
  unmatched: readonly string[],
): readonly string[] {
  const spreads = new Set(pairs.map(({ spread }) => spread));
  return [
    "These are different runs at different times: what changed between them besides the target is in these differences too.",
    ...(spreads.has("within") ? [within] : []),
    ...(spreads.has("apart") ? [apart] : []),
    ...mixedTools(sides),
    ...failing(sides),
    ...unmatched,
  ];
}

const howTo =
  "Name three runs or more of each side that took turns (report A1 A2 A3 --against B1 B2 B3), or use compare.";

const within = `Of a single run a side only the stretches within it are known, so the intervals leave out what differs from run to run; where anything drifts, such intervals held the truth in half of the simulated cases (docs/statistics.md). So no verdict is given on the targets. ${howTo}`;

const apart = `The runs of the sides did not take turns, so the intervals hold how much runs of a side differ, but not what changed from one side's time to the other's. So no verdict is given on the targets. ${howTo}`;

function mixedTools(sides: readonly RunSideParts[]): readonly string[] {
  const loads = sides.flatMap(({ runs }) => runs.flatMap(({ subjects }) => subjects.map(({ load }) => load)));
  const tools = new Set(loads.map(({ foreign, engine }) => foreign?.tool ?? `pathproof's ${engine} engine`));
  return tools.size < 2
    ? []
    : [
        `The latencies are of different tools (${[...tools].join(", ")}), which begin and end them at different moments and treat failed requests differently: the notes of each load say how.`,
      ];
}

const failedShareMin = 0.01;

function failing(sides: readonly RunSideParts[]): readonly string[] {
  return sides.flatMap(({ runs }) =>
    runs.flatMap(({ name, subjects }) =>
      subjects.flatMap(({ load }) => {
        const failed = failedRequests(load);
        if (failed === null || failed < failedShareMin * Math.max(1, load.requests)) return [];
        return [
          `In ${name}, ${showShare(failed / load.requests)} of the requests to ${load.target} failed: it is compared by those that were answered.`,
        ];
      }),
    ),
  );
}
